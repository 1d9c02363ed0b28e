//! Which parts of the runtime a client needs.
//!
//! In the runtime each part stands behind a feature of that name. A client's parts depend on its
//! API alone: those that it needs are compiled always, without a feature. Of the others, the
//! command line uses some for any API; the rest is left out.

use super::super::plan::{ActionPlan, BodyContent, BodyWay, CratePlan, TypeKind, TypePlan};
use super::limits;

/// The feature of the command line.
const COMMAND_LINE: &str = "cli";

/// What becomes of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is compiled always.
    Always,
    /// It is compiled with this feature of the client.
    With(&'static str),
    /// It is left out.
    Never,
}

/// The parts of one client.
#[derive(Debug)]
pub(super) struct Parts(Vec<(String, Fate)>);

impl Parts {
    /// Those of a client: which of them it needs.
    pub(super) fn of(plan: &CratePlan) -> Self {
        let any_action = |is: &dyn Fn(&ActionPlan) -> bool| {
            let mut actions = plan.resources.iter().flat_map(|resource| &resource.actions);
            actions.any(is)
        };
        let any_type = |is: &dyn Fn(&TypePlan) -> bool| {
            let shared = plan.types.iter().flat_map(|group| &group.types);
            let own = plan.resources.iter().flat_map(|resource| &resource.types);
            shared.chain(own).any(is)
        };
        let checks = !plan.limits.is_empty();
        let tokens = plan.client.schemes.iter().any(|it| !it.grants.is_empty());
        let mut parts = Self(Vec::new());
        let otherwise = Fate::With(COMMAND_LINE);
        parts.add("forms", any_action(&sends_form), otherwise);
        parts.add("oauth2", tokens, otherwise);
        parts.add("pages", any_action(&|it| it.pages.is_some()), otherwise);
        parts.add("streams", any_action(&is_read_as_it_arrives), otherwise);
        let headers = any_action(&|it| it.headers.is_some());
        parts.add("headers", headers, Fate::Never);
        let tuples = any_type(&|it| matches!(it.kind, TypeKind::Tuple(_)));
        parts.add("tuples", tuples, Fate::Never);
        parts.add("unions", checks || any_type(&is_told_by_value), Fate::Never);
        parts.add("formats", !plan.formats.is_empty(), Fate::Never);
        for module in crate::formats::MODULES {
            let name = format!("format-{}", module.replace('_', "-"));
            parts.add(&name, plan.formats.contains(module), Fate::Never);
        }
        let checked = match checks {
            true => Fate::With(limits::FEATURE),
            false => Fate::Never,
        };
        parts.0.push((limits::FEATURE.to_owned(), checked));
        parts
    }

    fn add(&mut self, name: &str, wanted: bool, otherwise: Fate) {
        let fate = if wanted { Fate::Always } else { otherwise };
        self.0.push((name.to_owned(), fate));
    }

    /// Those that the client needs in any case, by the names of the runtime's features.
    pub(super) fn needed(&self) -> Vec<&str> {
        let needed = self.0.iter().filter(|(_, fate)| *fate == Fate::Always);
        needed.map(|(name, _)| name.as_str()).collect()
    }

    /// What becomes of a part; `None` if that is no part.
    pub(super) fn fate(&self, name: &str) -> Option<Fate> {
        let mut parts = self.0.iter();
        parts.find(|(part, _)| part == name).map(|(_, fate)| *fate)
    }
}

fn sends_form(action: &ActionPlan) -> bool {
    let is_form = |way: &BodyWay| {
        matches!(
            way.content,
            BodyContent::Form { .. } | BodyContent::Parts(_)
        )
    };
    let mut bodies = action.body.iter();
    bodies.any(|body| is_form(&body.usual) || body.others.iter().any(is_form))
}

fn is_read_as_it_arrives(action: &ActionPlan) -> bool {
    action.success.streams() || !action.streams.is_empty()
}

fn is_told_by_value(ty: &TypePlan) -> bool {
    matches!(
        ty.kind,
        TypeKind::Union(_) | TypeKind::NumberEnum(_) | TypeKind::MixedEnum(_)
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Fate, Parts};

    /// Parts for the tests of texts.
    pub(in super::super) fn parts(fates: &[(&str, Fate)]) -> Parts {
        let named = fates.iter();
        Parts(
            named
                .map(|(name, fate)| ((*name).to_owned(), *fate))
                .collect(),
        )
    }
}
