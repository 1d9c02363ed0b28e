static SHORT: Rule = codec::Rule::texts(&["one", "two"]);

static SIXTY: Rule = codec::Rule::of_two(first_argument_of_the_call, second_argument_of_it);

static OVER_SIXTY: Rule = codec::Rule::of_two(first_argument_of_the_call, second_argument_of_the);

static ONE_ARGUMENT_MAY_TAKE_THE_LINE: Rule =
    codec::Rule::of("a text that is longer than sixty columns");

static ONE_ARGUMENT_BELOW: Rule =
    codec::Rule::of("a text that is longer than sixty columns, and then some more");

static NESTED_CALLS_STAY_NARROW: Rule = codec::Rule::items(&codec::Rule::union(
    <crate::types::Pet as codec::Union>::RULES,
));

static NESTED_CALLS_OVERFLOW: Rule = codec::Rule::items(
    &codec::Rule::object(
        &["kind", "name", "size"],
        &[
            ("kind", codec::Is::Text("animal")),
            (
                "name",
                codec::Is::OneOf(&[codec::Is::Flag(true), codec::Is::Number(1f64)]),
            ),
        ],
    )
    .knowing(<crate::types::Animal as codec::Record>::FIELDS),
);

static NUMBERS_FILL_LINES: &[usize] = &[
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
    26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
];

static TEXTS_STAND_BELOW_EACH_OTHER: &[&str] =
    &["application/json", "application/xml", "application/yaml"];

static SHORT_TEXTS_FILL_LINES: &[&str] = &[
    "aaaaaa", "bbbbbb", "cccccc", "dddddd", "eeeeee", "ffffff", "gggggg", "hhhhhh", "iiiiii",
    "jjjjjj",
];

static A_TUPLE: (&str, Rule) = (
    "a key that is long enough to matter",
    codec::Rule::of(codec::Kind::Object),
);

static TEXT_IN_OTHER_LETTERS: &[&str] = &[
    "日本語のテキスト",
    "日本語のテキスト",
    "日本語のテキスト",
    "日本語",
];

static A_TEXT_IS_NEVER_BROKEN: &[&str] = &[
    "a text that is longer than a line, which nobody can help: it stands as it is, on a line of its own",
];
