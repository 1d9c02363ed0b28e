fn of_sixty_columns() {
    client.invites().delete("organization", "invitation").send()
}

fn of_more_columns() {
    client
        .invites()
        .delete("organization", "invitation-1")
        .send()
        .await?
}

fn one_link_may_take_the_line() {
    runtime::Parameter::query("a name that makes the chain longer than sixty columns").required()
}

fn short_roots_take_the_first_link() {
    self.call.body_form(
        "application/x-www-form-urlencoded",
        body,
        &[runtime::Parameter::query("a")],
    );
    self.a_call_with_a_longer_name
        .body_form("application/x-www-form-urlencoded", body, "and more");
}

fn a_long_last_link_follows() {
    let answer = client.pets().create(
        types::NewPet::new("a name", "a kind")
            .weight(12.5)
            .born("2026-01-31".parse()?)
            .friends(vec!["one".to_owned(), "two".to_owned()]),
    );
}

fn links_stand_below_each_other() {
    let result = client
        .pets()
        .create(&types::NewPet::new("Bello"))
        .options(options)
        .send_with_meta()
        .await?;
}

fn a_question_counts() {
    let page = client
        .a_resource()
        .an_action_with_a_long_name()
        .send()
        .await?;
    let pages = client
        .a_resource()
        .an_action_with_a_long_name()
        .send()
        .await?;
}

fn fields_and_tuples() {
    page.items.unwrap_or_default().0.first
}
