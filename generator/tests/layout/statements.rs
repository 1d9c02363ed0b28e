fn assignments() {
    self.name = Some(name.into());
    self.a_name_that_is_long_enough_to_make_the_line_too_long = Some(Box::new(a_name_that_is_long));
    let _ = field;
    let call = self
        .core
        .call(&A_TABLE_WITH_A_VERY_LONG_NAME_THAT_MAKES_THE_LINE_TOO_LONG_FOR_IT_A);
    return;
}

fn loops() {
    let mut items = client.pets().list().items();
    while let Some(pet) = items.next().await {
        let pet = pet?;
        println!("{pet:#?}");
    }
    while let Some(a_pet_with_a_name_that_is_long) =
        a_list_of_items_with_a_long_name.next_item().await
    {
        println!(
            "{a_pet_with_a_name_that_is_much_too_long_for_a_line_because_the_api_called_its_schema_like_this:#?}"
        );
        println!("{} bytes", bytes.len());
    }
}

fn struct_literals() {
    Self { form };
    Request { call: runtime };
    Request {
        call: runtime::Call::new(first, second),
    };
    Self {
        name: name.into(),
        kind,
        size: None,
        weight: Nullable::Absent,
    };
}

fn what_is_too_long_is_let_be() {
    let call = client.pets().create(
        &types::NewPet::new(
            "a text that is longer than a line, which nobody can help: it stands as it is"
                .to_owned(),
        )
        .weight(1),
    );
    let short = 1;
}

fn vectors() {
    let pets = vec![
        types::Pet::new("one", "a kind of animal"),
        types::Pet::new("two", "a kind of animal"),
    ];
    let ids = vec![1, 2, 3];
    let map = std::collections::BTreeMap::from([
        (
            "key".to_owned(),
            vec![types::Pet::new("one", "a kind of animal").weight(-1.5)],
        ),
        ("other".to_owned(), Vec::new()),
    ]);
}

fn macros_are_let_be_where_a_chain_may_not_be_broken() {
    let result = client
        .anonymization()
        .post_anonymize(&vec![types::ImageTagValues::new().image_id(1).tag_values(
            vec![
                types::TagValue::new()
                    .tag_path(
                        types::TagPathTag::new()
                            .previous(types::TagPathTrunk::new().item("a text").tag(1))
                            .tag(1),
                    )
                    .value("a text"),
            ],
        )])
        .send()
        .await?;
}

fn a_text_too_long_for_its_chain_is_let_be() {
    let call = client.pets().create(
        &types::NewPet::new(
            "a text that is longer than a line, which nobody can help: it stands as it is, and what is called on it too"
                .to_owned(),
        )
        .weight(1),
    );
}

impl InBytes {
    pub fn new(blocking: i64, e: Test, 日本: Wait) -> Self {
        Self {
            blocking, e, 日本
        }
    }
}

impl InBytesBeside {
    pub fn new(e: Test, 日本: Wait) -> Self {
        Self { e, 日本 }
    }
}

impl OneInBytes {
    fn blank() -> Self {
        Self {
            foo_bar日本: false
        }
    }
}
