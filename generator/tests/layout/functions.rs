impl OneLine {
    pub fn new(name: impl Into<String>, kind: types::Kind) -> Self {
        Self
    }
}

impl ALineForEach {
    pub fn new(
        name: impl Into<String>,
        kind: types::Kind,
        friends: Vec<String>,
        weight: f64,
    ) -> Self {
        Self
    }
}

impl LongReturned {
    pub fn send_with_meta(
        self,
    ) -> runtime::Sending<runtime::WithMeta<types::InvitationList>, ListError> {
        self
    }
}

impl BraceBelow {
    pub fn items(
        self,
    ) -> runtime::Items<types::OrgInvitation, types::OrgInvitationList, ListOrgInvitationError>
    {
        self
    }
}

impl BrokenReturned {
    pub fn items(
        self,
    ) -> runtime::Items<
        types::OrganizationInvitation,
        types::OrganizationInvitationList,
        ListOrganizationInvitationError,
    > {
        self
    }
}

impl LeftAsItIs {
    pub fn send(
        self,
    ) -> runtime::Sending<
        types::ANameThatIsSoLongThatNothingCanBeDoneAboutItWhereverItStandsInTheLineOrBelow,
        Error,
    > {
        self
    }
}

impl Generic {
    fn fill<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        codec::pass_over(map)
    }
}

impl Nothing {
    fn nothing(&self) {}
}

impl TraitsMayTakeFiveColumnsMore {
    pub fn code_scanning_default_setup_options(
        mut self,
        code_scanning_default_setup_options: impl Into<Nullable<types::CodeScanningDefaultSetupOptions>>,
    ) -> Self {
        self
    }
}

impl TraitsAreBroken {
    pub fn entitlement_management(
        mut self,
        entitlement_management: impl Into<
            Nullable<MicrosoftGraphIdentityGovernanceEntitlementManagement>,
        >,
        company_car: impl Into<
            Nullable<
                PostWageprojectionBasedOnDefaultClaConfigurationByEmploymentIdBodyHolidayAllowance,
            >,
        >,
    ) -> Self {
        self
    }
}

pub fn a_line_that_has_no_room_for_the_brace() -> runtime::Expected<types::List, ListInvitesErrors>
{
    expected()
}

pub fn one_column_more_than_a_line_has() -> runtime::Expected<types::TheirInvites, TheirInvitesError>
{
    expected()
}

pub fn what_comes_back_is_on_a_line_of_its_own()
-> runtime::Expected<types::OrgInvitationCreated, CreateOrgInvitationError> {
    expected()
}

pub fn what_comes_back_is_broken() -> runtime::Expected<
    types::OrgInvitationCreatedThroughTheOldestOfAllProvisioningInterfaces,
    CreateOrgInvitationError,
> {
    expected()
}

pub fn what_comes_back_is_broken_and_what_it_is_called_has_no_room_beside_the_name()
-> runtime::Expected<
    types::OrgInvitationCreatedThroughTheOldestOfAllProvisioningInterfaces,
    CreateOrgInvitationError,
> {
    expected()
}

impl InBytes {
    pub fn new(build: Value1Build, 日本: Value1日本, foo: impl Into<String>, n: bool) -> Self {
        Self
    }
}

impl InBytesBelow {
    pub fn renew(
        build: Value1Build, 日本: Value1日本, foo: impl Into<String>, null: bool
    ) -> Self {
        Self
    }
}

impl InBytesName {
    pub fn имя(
        mut self, имя: BTreeMap<String, DeleteAsStrJson2ndJsonDefaultИмяValue>
    ) -> Self {
        Self
    }
}

impl InBytesWithin {
    pub fn extra(
        mut self,
        extra: impl Into<Nullable<types::日本の招待状をもう一度送るための返事の型の名前>>,
    ) -> Self {
        Self
    }
}

pub fn sendunrecognizedимя() -> runtime::Expected<SendunrecognizedимяOk, SendunrecognizedимяError> {
    expected()
}
