/// A struct.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pet {
    /// Its name.
    pub name: String,
    /// Its type is too long for the line.
    pub a_field_whose_name_is_long_enough_to_break: Option<BTreeMap<String, serde_json::Value>>,
    /// Its type is far too long for the line.
    pub a_field_whose_name_is_long_enough_to_break_further:
        Option<BTreeMap<String, types::AVeryLongNameOfAType>>,
    /// Its type cannot be broken.
    pub a_field_whose_name_is_long_enough_to_be_broken_here:
        ATypeWithANameThatIsLongEnoughToBeBroken,
    pub(crate) core: runtime::Core,
}

pub struct Empty {}

pub enum Nothing {}

pub enum Kind {
    /// With two blanks at its end, which are a line break.  
    Dog,
    ///
    Cat(String),
    AVariantWithANameThatIsLongEnoughToBreakTheLineThatItStandsOn(Box<types::ATypeWithALongName>),
}

pub enum AnEnumWithANameThatIsSoLongThatTheBraceHasNoRoomOnTheLineAsItsSchemaIsCalledLikeThisInTheApi
{
    One,
}

pub struct AStructWithANameThatIsSoLongThatTheBraceHasNoRoomOnTheLineAsItsSchemaIsCalledLikeThisIn
{}

pub struct AStructWithANameThatIsSoLongThatTheBraceHasNoRoomOnTheLineAsItsSchemaIsCalledLikeThis {
}

/// A list by position.
#[derive(Clone, Debug, PartialEq)]
pub struct Range(pub i64, pub Option<jiff::civil::Date>);

pub struct Position(
    /// Degrees to the north.
    pub f64,
    pub f64,
);

pub struct ALongNameOfATupleThatNeedsMoreThanOneLine(
    pub Option<BTreeMap<String, types::AVeryLongNameOfAType>>,
    pub Vec<types::AnotherName>,
);

/// Fields without names have the room of arguments, whatever the line has.
pub struct Pair(pub String, pub FooBarItemErrorItem2, pub FooBarItemErro);

pub struct Triple(
    pub String,
    pub FooBarItemErrorItem2,
    pub FooBarItemErrorItem3,
);

pub type AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA = runtime::Request<
    (),
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAError,
>;

pub type AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA =
    runtime::Request<
        (),
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAError,
    >;

pub type AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA =
    runtime::Request<
        (),
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAError,
    >;
