//! The command line: what its commands and flags are called, and what they mean.

use serde::Serialize;

/// The command line.
#[derive(Clone, Debug, Serialize)]
pub struct CommandLinePlan {
    /// The program.
    pub program: String,
    /// What it is.
    pub about: String,
    /// What its environment variables begin with: `LOSANT_INVITES`.
    pub prefix: String,
    /// The variables of the credentials, in the order of the schemes, and what these are.
    pub credentials: Vec<(String, String)>,
    /// What the servers are called; empty if there is no choice.
    pub servers: Vec<String>,
    /// The variables in the URLs of servers.
    pub variables: Vec<FlagPlan>,
    /// The parameters that are set once.
    pub settings: Vec<FlagPlan>,
    /// The commands, in the order of the resources.
    pub resources: Vec<CommandGroupPlan>,
}

/// The commands of a resource.
#[derive(Clone, Debug, Serialize)]
pub struct CommandGroupPlan {
    /// The command: `instance-org-invites`.
    pub name: String,
    /// What it is.
    pub about: String,
    /// The commands, in the order of the actions.
    pub actions: Vec<CommandPlan>,
}

/// The command of an action.
#[derive(Clone, Debug, Serialize)]
pub struct CommandPlan {
    /// The command: `resend-invite`.
    pub name: String,
    /// What it does.
    pub about: String,
    /// The flags of its parameters.
    pub flags: Vec<FlagPlan>,
    /// The flags of its body: of fields or parts.
    pub fields: Vec<FlagPlan>,
    /// Whether its body is a JSON object.
    pub object: bool,
    /// What its body is.
    pub body: String,
}

/// A flag.
#[derive(Clone, Debug, Serialize)]
pub struct FlagPlan {
    /// The flag, without the dashes.
    pub flag: String,
    /// The position of a parameter; 0 for all else.
    pub at: usize,
    /// The name on the wire of a field, a part or a variable; empty for a parameter.
    pub wire: String,
    /// What it means.
    pub about: String,
    /// What its values are.
    pub kind: FlagKind,
    /// The values that the description lists.
    pub choices: Vec<String>,
    /// Whether it is a list.
    pub many: bool,
    /// Whether a call cannot go without it.
    pub required: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether docs do not show it.
    pub rare: bool,
    /// What stands for it unless it is given.
    pub default: Option<String>,
}

/// What the value of a flag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FlagKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// JSON.
    Json,
    /// JSON, or text if it is none.
    Any,
    /// The path of a file.
    File,
}
