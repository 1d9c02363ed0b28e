use super::{Ant, Zebra};
use crate::runtime::codec;
use crate::runtime::{self, Nullable, response};
use crate::types;
use serde::de::{Deserialize, Deserializer, MapAccess};
use std::collections::BTreeMap;
use x9::a;
use x10::a;

use only::One;

pub use crate::client::Client;
pub use ::acme_runtime::runtime;

use itself::{self};

pub use a_module_of_types::{
    AnotherName, Ant, Item_1, Item9, Item10, OneMoreName, YetAnotherName, Zebra,
};

pub use workflow_versions::{WorkflowVersion, WorkflowVersionListResult, WorkflowVersionPropertie};

pub use workflow_versions::{
    WorkflowVersion, WorkflowVersionListResult, WorkflowVersionProperties,
};

mod a_b;
mod ab;
mod r#type;
mod tzar;
mod v10;
pub mod v9;
