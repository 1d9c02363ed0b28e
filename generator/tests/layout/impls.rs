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

impl Eq for types::ANameThatLeavesNoRoomForTheClosingBraceWhichRustfmtDoesNotCountIfThereIsNothing {}

impl Clone for types::Pet {
    fn clone(&self) -> Self {
        Self {
            age: self.age,
            name_of_the_owner_of_all_these_pets: self.name_of_the_owner_of_all_these_pets.clone(),
            name_of_the_owner_of_all_these_pets__: self
                .name_of_the_owner_of_all_these_pets__
                .clone(),
            number_of_pets_that_it_shares_its_basket_with: self
                .number_of_pets_that_it_shares_its_basket_with,
        }
    }
}
