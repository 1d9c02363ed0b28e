//! Makes every call of invites.json through the generated client. It is compiled by
//! `cargo xtask peers`, and no part of the workspace.
//!
//! It prints nothing; an answer that is an error ends it.

#[macro_use]
mod arguments;

use arguments::{Arguments, Failure};
use losant_invites::Client;
use losant_invites::types::{OrgInvitePost, OrgRoleInfo, ResourceRole};
use serde_json::Value;

fn main() -> Result<(), Failure> {
    let client = |url: &str, token: &str| {
        let client = Client::builder().access_token(token).base_url(url);
        Ok(client.build()?)
    };
    arguments::every(client, call)
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
        _ => return Err("nothing calls it; see peers/calls/invites.rs".into()),
    }
    with.end()
}

fn invite(mut from: Arguments) -> Result<OrgInvitePost, Failure> {
    let mut invite = OrgInvitePost::new(
        from.required("email")?,
        from.required("role")?.as_str().into(),
    );
    set! { invite,
        application_roles: roles(&mut from, "applicationRoles")?;
        dashboard_roles: roles(&mut from, "dashboardRoles")?;
        disallow_transfer: from.flag("disallowTransfer");
    }
    from.end()?;
    Ok(invite)
}

fn role_info(mut from: Arguments) -> Result<OrgRoleInfo, Failure> {
    let mut info = OrgRoleInfo::new();
    set! { info,
        role: from.text("role").as_deref().map(Into::into);
        application_roles: roles(&mut from, "applicationRoles")?;
        dashboard_roles: roles(&mut from, "dashboardRoles")?;
    }
    from.end()?;
    Ok(info)
}

fn roles(from: &mut Arguments, name: &str) -> Result<Option<Vec<ResourceRole>>, Failure> {
    let Some(Value::Array(items)) = from.0.remove(name) else {
        return Ok(None);
    };
    let role = |item| match item {
        Value::Object(map) => {
            let mut item = Arguments(map);
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
