impl<'de> Deserialize<'de> for types::Pet {
    const NAME: &'static str = "Pet";
}

impl<'de> Deserialize<'de>
    for types::ANameThatIsSoLongThatTheHeadOfTheImplementationIsBrokenBeforeFor
{
    const NAME: &'static str = "ANameThatIsSoLongThatTheHeadOfTheImplementationIsBrokenBeforeFor";
    const FIELDS: &'static [&'static str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    const REQUIRED: &'static [usize] = &[0, 1];
    const RULES: &'static [codec::Rule] = &[
        codec::Rule::of(codec::Kind::String),
        codec::Rule::of(codec::Kind::Object),
    ];
}

impl Empty {}

impl std::fmt::Display
    for crate::fakes::PatchPreSendPreИмяOrgsFakesJsonFoundTrueFooUnrecognized
{
    fn fmt(&self) {}
}

impl Eq for types::Pet {}

impl Eq
    for types::ANameThatIsSoLongThatTheHeadOfTheImplementationIsBrokenBeforeForAlthoughItIsEmptyAndShort
{
}

impl PartialEq for types::Pet {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}
