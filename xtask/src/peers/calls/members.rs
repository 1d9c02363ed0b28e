//! Makes every call of members.json through a client that is generated from
//! xtask/samples/losant-rest.yaml. It is compiled by `cargo xtask peers`, and no part of the
//! workspace.
//!
//! It prints nothing; an answer that is an error ends it.

#[macro_use]
mod arguments;

use std::collections::BTreeMap;

use arguments::{Arguments, Failure};
use losant_rest::Client;
use losant_rest::types::{InstanceMemberPatch, InstanceMemberPost, OrgInviteAction};

fn main() -> Result<(), Failure> {
    let client = |url: &str, token: &str| {
        let client = Client::builder().access_token(token).base_url(url);
        Ok(client.build()?)
    };
    arguments::every(client, call)
}

fn call(client: &Client, operation: &str, mut with: Arguments) -> Result<(), Failure> {
    match operation {
        "instanceMembers.get" => {
            let mut call = client.instance_members().get(with.required("instanceId")?);
            set! { call, sort_field: with.text("sortField").as_deref().map(Into::into); }
            set_common!(call, with);
            call.send().wait()?;
        }
        "instanceMembers.post" => {
            let mut from = with.object("member")?;
            let role = from.required("role")?.as_str().into();
            let member = InstanceMemberPost::new(from.required("email")?, role);
            from.end()?;
            let members = client.instance_members();
            let mut call = members.post(with.required("instanceId")?, &member);
            set_common!(call, with);
            call.send().wait()?;
        }
        "instanceMember.get" => {
            let (instance, user) = (with.required("instanceId")?, with.required("userId")?);
            let mut call = client.instance_member().get(instance, user);
            set_common!(call, with);
            call.send().wait()?;
        }
        "instanceMember.patch" => {
            let (instance, user) = (with.required("instanceId")?, with.required("userId")?);
            let mut from = with.object("member")?;
            let member = InstanceMemberPatch::new(from.required("role")?.as_str().into());
            from.end()?;
            let mut call = client.instance_member().patch(instance, user, &member);
            set_common!(call, with);
            // The server answers with an empty object, which is no member.
            match call.send().wait() {
                Err(error) if !error.is_decode() => return Err(error.into()),
                _ => {}
            }
        }
        "instanceMember.delete" => {
            let (instance, user) = (with.required("instanceId")?, with.required("userId")?);
            let call = client.instance_member().delete(instance, user);
            // The official client does so without being asked.
            let mut call = call.body(&BTreeMap::new());
            set_common!(call, with);
            call.send().wait()?;
        }
        "orgInvites.get" => {
            let (token, email) = (with.required("token")?, with.required("email")?);
            let mut call = client.org_invites().get(token, email);
            set_common!(call, with);
            call.send().wait()?;
        }
        "orgInvites.post" => {
            let mut from = with.object("invite")?;
            let accept = from.flag("accept").ok_or("no argument `accept`")?;
            let invite =
                OrgInviteAction::new(from.required("email")?, from.required("token")?, accept);
            from.end()?;
            let mut call = client.org_invites().post(&invite);
            set_common!(call, with);
            call.send().wait()?;
        }
        _ => return Err("nothing calls it; see peers/calls/members.rs".into()),
    }
    with.end()
}
