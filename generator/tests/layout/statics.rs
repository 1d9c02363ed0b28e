static LIST: runtime::Operation = runtime::Operation {
    id: "pets.list",
    method: "GET",
    path: &[runtime::Segment::Text("/pets")],
    ..runtime::Operation::USUAL
};

static A_NAME_OF_AN_ACTION_THAT_IS_TOO_LONG_FOR_THE_LINE_WITH_ITS_TYPE: runtime::Operation =
    runtime::Operation {
        id: "pets.list",
        method: "GET",
    };

static API: runtime::Api = runtime::Api {
    schemes: &[runtime::Scheme {
        key: "token",
        kind: runtime::SchemeKind::Header {
            name: "authorization",
            prefix: "Token ",
        },
    }],
    parameters: &[],
};

static PARAMETERS: runtime::Operation = runtime::Operation {
    id: "a",
    parameters: &[
        runtime::Parameter::path("id"),
        runtime::Parameter::query("filter")
            .style(runtime::Style::DeepObject)
            .explode(true)
            .allow_reserved()
            .from_client(0),
    ],
    security: &[&[0], &[1, 2]],
    redirects: true,
};

pub type Alias = ListOfPets;

pub type AnAliasWithANameThatIsLongEnoughToBreakTheLine = AnotherTypeWithANameThatIsAsLongAsThis;

pub type Map =
    BTreeMap<String, Option<Vec<types::TheNameOfATypeThatIsLong>>, types::AnotherNameOfAType>;

pub(crate) static TYPES: [Limited; 1] = [Limited {
    limits: &[
        Limit::MinLength(1),
        Limit::MaxLength(80),
        Limit::Pattern("^[\\w-]+$"),
    ],
    inside: Inside::Nothing,
}];

static LIMITED: Operation = Operation {
    id: "limited",
    #[cfg(feature = "check-values")]
    limits: Some(&LIMITS),
    ..Operation::USUAL
};

static ONE_GATED: Program = Program {
    resources: &[
        #[cfg(feature = "cats")]
        &cats::COMMANDS,
    ],
};

static GATED: Program = Program {
    resources: &[
        #[cfg(feature = "cats")]
        &cats::COMMANDS,
        #[cfg(any(
            feature = "a-feature-with-a-long-name",
            feature = "another-feature-with-a-long-name"
        ))]
        &dogs::COMMANDS,
        &birds::COMMANDS,
    ],
};

static WIDE: Part = Part {
    style: Some(
        runtime::Parameter::query("a_name_that_takes_more_of_the_line")
            .style(runtime::Style::SpaceDelimited),
    ),
    ..Part::USUAL
};

static DEEP: Program = Program {
    commands: &[
        Command {
            name: "upload",
            body: Some(cli::Body {
                contents: &[
                    cli::Way {
                        media_type: "multipart/form-data",
                        content: cli::Content::Parts(&[
                            cli::Part {
                                name: "array",
                                style: Some(
                                    runtime::Parameter::query("array")
                                        .style(runtime::Style::SpaceDelimited),
                                ),
                                ..cli::Part::USUAL
                            },
                            cli::Part {
                                name: "array",
                                style: Some(
                                    runtime::Parameter::query("array")
                                        .style(runtime::Style::SpaceDelimited),
                                ),
                                ..cli::Part::USUAL
                            },
                        ]),
                    },
                    cli::Way {
                        media_type: "multipart/form-data",
                        content: cli::Content::Parts(&[
                            cli::Part {
                                name: "array",
                                style: Some(
                                    runtime::Parameter::query("array")
                                        .style(runtime::Style::SpaceDelimited),
                                ),
                                ..cli::Part::USUAL
                            },
                            cli::Part {
                                name: "array",
                                style: Some(
                                    runtime::Parameter::query("array")
                                        .style(runtime::Style::SpaceDelimited),
                                ),
                                ..cli::Part::USUAL
                            },
                        ]),
                    },
                ],
            }),
        },
        Command::USUAL,
    ],
};

static SHORT_IN_BYTES: Table = Table {
    fields: &[
        "Value",
        "ValueFOO",
        "Debug",
        "final",
        "Foo",
        "from日本",
        "rest",
        "more",
        "and_more",
        "end",
    ],
    ..Table::USUAL
};
