//! Makes every call of cases.json through the generated client: `calls URL TOKEN CASES`. It is
//! compiled by `cargo xtask peers`, and no part of the workspace.
//!
//! It prints nothing; an answer that is an error ends it.

use std::error::Error;

use losant_invites::Client;
use losant_invites::types::{OrgInvitePost, OrgRoleInfo, ResourceRole};
use serde_json::{Map, Value};

type Failure = Box<dyn Error + Send + Sync>;

/// The arguments of a call. What is asked for is taken out, so that what is left was forgotten.
struct Arguments(Map<String, Value>);

impl Arguments {
    fn flag(&mut self, name: &str) -> Option<bool> {
        self.0.remove(name).and_then(|value| value.as_bool())
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.0
            .remove(name)
            .as_ref()
            .and_then(Value::as_str)
            .map(str::to_owned)
    }

    fn required(&mut self, name: &str) -> Result<String, Failure> {
        self.text(name)
            .ok_or_else(|| format!("no argument `{name}`").into())
    }

    fn object(&mut self, name: &str) -> Result<Self, Failure> {
        match self.0.remove(name) {
            Some(Value::Object(map)) => Ok(Self(map)),
            _ => Err(format!("no object `{name}`").into()),
        }
    }

    fn roles(&mut self, name: &str) -> Result<Option<Vec<ResourceRole>>, Failure> {
        let Some(Value::Array(items)) = self.0.remove(name) else {
            return Ok(None);
        };
        let role = |item| match item {
            Value::Object(map) => {
                let mut item = Self(map);
                let access = item.required("role")?.as_str().into();
                Ok(ResourceRole::new(item.required("resourceId")?, access))
            }
            _ => Err(format!("`{name}` has an item that is no object").into()),
        };
        items
            .into_iter()
            .map(role)
            .collect::<Result<_, _>>()
            .map(Some)
    }

    fn end(self) -> Result<(), Failure> {
        match self.0.keys().next() {
            Some(name) => Err(format!("nothing is done with the argument `{name}`").into()),
            None => Ok(()),
        }
    }
}

/// Gives a call the setters that were asked for.
macro_rules! set {
    ($call:ident, $($setter:ident: $value:expr;)*) => {
        $(if let Some(value) = $value { $call = $call.$setter(value); })*
    };
}

/// The parameters that all calls have.
macro_rules! set_common {
    ($call:ident, $arguments:ident) => {
        set! { $call,
            losantdomain: $arguments.text("losantdomain");
            actions: $arguments.flag("_actions");
            links: $arguments.flag("_links");
            embedded: $arguments.flag("_embedded");
        }
    };
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, token, cases] = &arguments[..] else {
        return Err("usage: calls URL TOKEN CASES".into());
    };
    let client = Client::builder()
        .access_token(token.as_str())
        .base_url(url)
        .build()?;
    let cases: Vec<Map<String, Value>> = serde_json::from_str(&std::fs::read_to_string(cases)?)?;
    for case in cases {
        let mut case = Arguments(case);
        let operation = case.required("operation")?;
        call(&client, &operation, case.object("arguments")?)
            .map_err(|error| format!("{operation}: {error}"))?;
    }
    Ok(())
}

fn call(client: &Client, operation: &str, mut with: Arguments) -> Result<(), Failure> {
    let (instance, org) = (with.required("instanceId")?, with.required("orgId")?);
    match operation {
        "instanceOrgInvites.get" => {
            let mut call = client.instance_org_invites().get(instance, org);
            set! { call,
                sort_field: with.text("sortField").as_deref().map(Into::into);
                sort_direction: with.text("sortDirection").as_deref().map(Into::into);
                filter_field: with.text("filterField").as_deref().map(Into::into);
                filter: with.text("filter");
            }
            set_common!(call, with);
            call.send().wait()?;
        }
        "instanceOrgInvites.post" => {
            let invite = invite(with.object("invite")?)?;
            let mut call = client.instance_org_invites().post(instance, org, &invite);
            set_common!(call, with);
            call.send().wait()?;
        }
        "instanceOrgInvite.get" => {
            let id = with.required("inviteId")?;
            let mut call = client.instance_org_invite().get(instance, org, id);
            set_common!(call, with);
            call.send().wait()?;
        }
        "instanceOrgInvite.delete" => {
            let id = with.required("inviteId")?;
            let mut call = client.instance_org_invite().delete(instance, org, id);
            set_common!(call, with);
            call.send().wait()?;
        }
        "instanceOrgInvite.resendInvite" => {
            let id = with.required("inviteId")?;
            let info = role_info(with.object("roleInfo")?)?;
            let mut call = client
                .instance_org_invite()
                .resend_invite(instance, org, id, &info);
            set_common!(call, with);
            call.send().wait()?;
        }
        _ => return Err("nothing calls it; see peers/calls/main.rs".into()),
    }
    with.end()
}

fn invite(mut from: Arguments) -> Result<OrgInvitePost, Failure> {
    let mut invite = OrgInvitePost::new(
        from.required("email")?,
        from.required("role")?.as_str().into(),
    );
    set! { invite,
        application_roles: from.roles("applicationRoles")?;
        dashboard_roles: from.roles("dashboardRoles")?;
        disallow_transfer: from.flag("disallowTransfer");
    }
    from.end()?;
    Ok(invite)
}

fn role_info(mut from: Arguments) -> Result<OrgRoleInfo, Failure> {
    let mut info = OrgRoleInfo::new();
    set! { info,
        role: from.text("role").as_deref().map(Into::into);
        application_roles: from.roles("applicationRoles")?;
        dashboard_roles: from.roles("dashboardRoles")?;
    }
    from.end()?;
    Ok(info)
}
