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
