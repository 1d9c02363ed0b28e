//! Bounds, lengths and patterns → the table that calls are held against.
//!
//! Only what a request can hold and what has a limit somewhere inside has an entry; the rest
//! costs nothing. Types refer to each other by position, so a type may hold itself.

use std::collections::HashMap;

use crate::ir::{Constraints, MediaType, Operation, Record, Rest, Shape, TypeId, Types, Union};

use super::super::plan::{ActionLimits, InsidePlan, LimitPlan, LimitedPlan, ResourcePlan, Rule};
use super::{Context, bodies, reach};

/// The table while it is made.
struct Table<'c, 'a> {
    context: &'c Context<'a>,
    /// Whether a type, or something inside it, has limits.
    limited: Vec<bool>,
    positions: HashMap<TypeId, usize>,
    entries: Vec<LimitedPlan>,
    waiting: Vec<(usize, TypeId)>,
}

/// Gives every action its limits and gives out the table.
pub(super) fn plan(context: &Context<'_>, resources: &mut [ResourcePlan]) -> Vec<LimitedPlan> {
    let mut table = Table {
        context,
        limited: limited(&context.api.types),
        positions: HashMap::new(),
        entries: Vec::new(),
        waiting: Vec::new(),
    };
    for (resource, plan) in context.api.resources.iter().zip(resources) {
        for (operation, plan) in resource.operations.iter().zip(&mut plan.actions) {
            plan.limits = table.of(operation);
        }
    }
    table.fill();
    table.entries
}

impl Table<'_, '_> {
    fn of(&mut self, operation: &Operation) -> Option<ActionLimits> {
        let mut limits = ActionLimits {
            parameters: Vec::new(),
            bodies: Vec::new(),
        };
        for (index, parameter) in operation.parameters.iter().enumerate() {
            if let Some(position) = self.position(parameter.ty) {
                limits.parameters.push((index, position));
            }
        }
        for media in operation.body.iter().flat_map(|body| &body.content) {
            if let Some(body) = self.body(media) {
                limits.bodies.push(body);
            }
        }
        let any = !limits.parameters.is_empty() || !limits.bodies.is_empty();
        any.then_some(limits)
    }

    /// The limits of a body. The parts of a form in parts have none.
    fn body(&mut self, media: &MediaType) -> Option<(String, &'static str, usize)> {
        let (form, ty) = match media {
            _ if media.is_form() => ("Fields", media.ty),
            _ if media.is_json_lines() => ("Lines", bodies::item(self.context, media)),
            _ if media.is_json() => ("Json", media.ty),
            _ => return None,
        };
        let position = self.position(ty?)?;
        Some((bodies::sent_as(media), form, position))
    }

    /// The position of a type's entry; `None` if it has no limits.
    fn position(&mut self, id: TypeId) -> Option<usize> {
        if !self.limited[id.0 as usize] {
            return None;
        }
        if let Some(position) = self.positions.get(&id) {
            return Some(*position);
        }
        let types = &self.context.api.types;
        let own = limits(&types.get(id).constraints);
        let position = match types.get(id).shape {
            // Another name says nothing new most of the time.
            Shape::Alias(target) if types.resolve(id) != id => {
                let target_limits = limits(&types.get(target).constraints);
                let known = own.iter().all(|limit| target_limits.contains(limit));
                known.then(|| self.position(target)).flatten()
            }
            Shape::List(_) | Shape::Map(_) | Shape::Record(_) | Shape::Union(_) => None,
            // Many texts and numbers are limited alike.
            _ => self.entries.iter().position(|entry| {
                entry.limits == own && entry.inside == InsidePlan::Nothing && !own.is_empty()
            }),
        };
        let position = position.unwrap_or_else(|| {
            self.entries.push(LimitedPlan {
                limits: own,
                inside: InsidePlan::Nothing,
            });
            self.waiting.push((self.entries.len() - 1, id));
            self.entries.len() - 1
        });
        self.positions.insert(id, position);
        Some(position)
    }

    /// Says what is inside the entries that wait for it.
    fn fill(&mut self) {
        while let Some((position, id)) = self.waiting.pop() {
            let types = &self.context.api.types;
            let mut limits = std::mem::take(&mut self.entries[position].limits);
            let mut end = id;
            while let Shape::Alias(target) = types.get(end).shape
                && types.resolve(end) != end
            {
                end = target;
                for limit in self::limits(&types.get(end).constraints) {
                    if !limits.contains(&limit) {
                        limits.push(limit);
                    }
                }
            }
            let inside = self.inside(&types.get(end).shape);
            self.entries[position] = LimitedPlan { limits, inside };
        }
    }

    fn inside(&mut self, shape: &Shape) -> InsidePlan {
        let inside = match shape {
            Shape::List(item) => self.position(*item).map(InsidePlan::Items),
            Shape::Map(value) => self
                .position(*value)
                .map(|position| InsidePlan::Values(position, Vec::new())),
            Shape::Record(record) => Some(self.fields(record)),
            Shape::Union(union) => Some(self.variants(union)),
            _ => None,
        };
        inside.unwrap_or_default()
    }

    fn fields(&mut self, record: &Record) -> InsidePlan {
        let fields = record.fields.iter().map(|field| {
            // What a condition says cannot be held without it.
            let follows = (!field.conditional).then(|| self.position(field.ty));
            (field.name.clone(), follows.flatten())
        });
        let fields: Vec<(String, Option<usize>)> = fields.collect();
        let rest = match record.rest {
            Rest::Typed(rest) => self.position(rest),
            Rest::Ignored | Rest::Closed => None,
        };
        if let Some(rest) = rest {
            return InsidePlan::Values(rest, fields);
        }
        let limited = fields.into_iter();
        let limited = limited.filter_map(|(name, follows)| Some((name, follows?)));
        InsidePlan::Fields(limited.collect())
    }

    fn variants(&mut self, union: &Union) -> InsidePlan {
        let variants = union.variants.iter().map(|variant| {
            let rule = self.context.rule(*variant);
            let rule = match self.context.discriminated(rule, union, *variant) {
                // What it knows is in its own entry.
                Rule::Union(_) => Rule::Any,
                rule => rule,
            };
            (rule, self.position(*variant))
        });
        InsidePlan::OneOf(variants.collect())
    }
}

/// For each type whether it has limits, or holds a type that has.
fn limited(types: &Types) -> Vec<bool> {
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); types.iter().len()];
    let mut limited = vec![false; types.iter().len()];
    let mut waiting = Vec::new();
    for (id, ty) in types.iter() {
        for part in reach::parts(ty) {
            holders[part.0 as usize].push(id);
        }
        if !limits(&ty.constraints).is_empty() {
            waiting.push(id);
        }
    }
    while let Some(id) = waiting.pop() {
        if !std::mem::replace(&mut limited[id.0 as usize], true) {
            waiting.extend(&holders[id.0 as usize]);
        }
    }
    limited
}

fn limits(bounds: &Constraints) -> Vec<LimitPlan> {
    let number = |name, bound: &Option<serde_json::Number>| {
        let bound = bound.clone();
        bound.map(|bound| LimitPlan::Number(name, bound))
    };
    let size = |name, bound: Option<u64>| bound.map(|bound| LimitPlan::Size(name, bound));
    // That there are none, or more, is no limit.
    let least = |name, bound: Option<u64>| size(name, bound.filter(|least| *least > 0));
    let limits = [
        number("Minimum", &bounds.minimum),
        number("Maximum", &bounds.maximum),
        number("ExclusiveMinimum", &bounds.exclusive_minimum),
        number("ExclusiveMaximum", &bounds.exclusive_maximum),
        number("MultipleOf", &bounds.multiple_of),
        least("MinLength", bounds.min_length),
        size("MaxLength", bounds.max_length),
        bounds.pattern.clone().map(LimitPlan::Pattern),
        least("MinItems", bounds.min_items),
        size("MaxItems", bounds.max_items),
        bounds.unique_items.then_some(LimitPlan::UniqueItems),
        least("MinProperties", bounds.min_properties),
        size("MaxProperties", bounds.max_properties),
    ];
    limits.into_iter().flatten().collect()
}
