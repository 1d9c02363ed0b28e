//! Unions: their variants, and the rules that say which of them a value is.
//!
//! Rules look at what a description says of each variant alone: its JSON type, the keys that it
//! must have, constants, and the values of its discriminator (OpenAPI 3.1, 4.8.25). Where that
//! leaves two variants alike, more is looked at: the values of enums that have none in common,
//! the items of lists, and at last how many of its keys a record knows.

use serde_json::Value;

use crate::formats::FormatType;
use crate::ir::{Field, Record, Shape, TypeId, Union};
use crate::naming::{Scope, pascal};

use super::super::plan::{ObjectRule, Rule, Ty, UnionVariant};
use super::enums::EnumKind;
use super::{Context, size, variants};

impl Context<'_> {
    /// The variants of a union, each type once.
    pub(super) fn union(&self, id: TypeId, union: &Union) -> Vec<UnionVariant> {
        let mut scope = Scope::with(&["Unrecognized"]);
        let words = variants::words(&self.api.types, id, union);
        let mut kept: Vec<(TypeId, UnionVariant)> = Vec::new();
        for (variant, word) in union.variants.iter().zip(words) {
            let ty = self.present_type(*variant);
            let known = kept.iter().any(|(_, known)| *unboxed(&known.ty) == ty);
            if known || self.choice.is_circular(id, *variant) {
                continue;
            }
            let large = size::of(self, &ty) > size::LARGEST;
            let boxed = large || self.recursion.is_circular(id, *variant);
            let plan = UnionVariant {
                name: scope.claim([&pascal(&word)]),
                rule: self.discriminated(self.rule(*variant), union, *variant),
                ty: if boxed { Ty::Boxed(Box::new(ty)) } else { ty },
                tag: self.tag(union, *variant),
            };
            kept.push((*variant, plan));
        }
        self.tell_apart(&mut kept);
        kept.into_iter().map(|(_, plan)| plan).collect()
    }

    /// When a value belongs to a type, whatever stands beside it.
    pub(super) fn rule(&self, id: TypeId) -> Rule {
        let ty = self.api.types.get(self.api.types.resolve(id));
        match &ty.shape {
            Shape::Boolean => Rule::Kind("Boolean"),
            Shape::Integer => Rule::Kind(match self.present_type(id) {
                Ty::I32 => "Int32",
                Ty::U64 => "Unsigned",
                _ => "Integer",
            }),
            Shape::Number => Rule::Kind("Number"),
            Shape::String => Rule::Kind(match self.spelled_type(self.api.types.resolve(id)) {
                Ty::Date | Ty::Format(FormatType::ChronoDate | FormatType::TimeDate) => "Date",
                Ty::Timestamp
                | Ty::Format(FormatType::ChronoTimestamp | FormatType::TimeTimestamp) => {
                    "Timestamp"
                }
                _ => "String",
            }),
            Shape::Enum(values) => match EnumKind::of(values).spelled() {
                Ty::String => Rule::Kind("String"),
                Ty::Bool => Rule::Kind("Boolean"),
                Ty::I64 => Rule::Kind("Integer"),
                Ty::F64 => Rule::Kind("Number"),
                _ => Rule::Any,
            },
            Shape::List(_) | Shape::Tuple(_) => Rule::Kind("Array"),
            Shape::Map(_) => Rule::Kind("Object"),
            Shape::Record(record) => Rule::Object(self.object_rule(record)),
            Shape::Union(_) => match self.present_type(id) {
                Ty::Named(named) => Rule::Union(named),
                _ => Rule::Any,
            },
            Shape::Any | Shape::Alias(_) => Rule::Any,
        }
    }

    fn object_rule(&self, record: &Record) -> ObjectRule {
        let mut rule = ObjectRule::default();
        for field in record.fields.iter().filter(|field| field.required) {
            match self.values(field.ty) {
                Some(values) if values.len() == 1 => {
                    rule.constants.push((field.name.clone(), values));
                }
                _ => rule.required.push(field.name.clone()),
            }
        }
        rule
    }

    /// The values of an enum of scalars.
    fn values(&self, id: TypeId) -> Option<Vec<Value>> {
        match &self.api.types.get(self.api.types.resolve(id)).shape {
            Shape::Enum(values) => {
                let values = values.iter().map(|value| value.value.clone());
                let values: Vec<Value> = values.collect();
                let scalar = |value: &Value| !value.is_object() && !value.is_array();
                values.iter().all(scalar).then_some(values)
            }
            _ => None,
        }
    }

    /// The rule with the values that the union's discriminator has for a variant.
    pub(super) fn discriminated(&self, rule: Rule, union: &Union, variant: TypeId) -> Rule {
        let types = &self.api.types;
        let is_default = |default| types.resolve(default) == types.resolve(variant);
        // Any object that no other variant claims.
        if matches!(rule, Rule::Object(_)) && union.default.is_some_and(is_default) {
            return Rule::Object(ObjectRule::default());
        }
        match (rule, &union.discriminator) {
            (Rule::Object(mut rule), Some((property, mapping))) => {
                let values = self.meaning(mapping, variant);
                let said = rule.constants.iter().any(|(key, _)| key == property);
                if !said && !values.is_empty() {
                    rule.required.retain(|key| key != property);
                    rule.constants.push((property.clone(), values));
                }
                Rule::Object(rule)
            }
            (rule, _) => rule,
        }
    }

    /// The discriminator with its value, if a value of the variant may be without: a server could
    /// not tell then what it is.
    fn tag(&self, union: &Union, variant: TypeId) -> Option<(String, String)> {
        let types = &self.api.types;
        let (property, mapping) = union.discriminator.as_ref()?;
        let Shape::Record(record) = &types.get(types.resolve(variant)).shape else {
            return None;
        };
        let is_there = |field: &Field| field.name == *property && field.required;
        if union.default.is_some() || record.fields.iter().any(is_there) {
            return None;
        }
        match &self.meaning(mapping, variant)[..] {
            [Value::String(value)] => Some((property.clone(), value.clone())),
            _ => None,
        }
    }

    /// The values that mean a variant: those of the mapping, else the key of its schema.
    fn meaning(&self, mapping: &[(String, TypeId)], variant: TypeId) -> Vec<Value> {
        let types = &self.api.types;
        let mapped = mapping
            .iter()
            .filter(|(_, target)| types.resolve(*target) == types.resolve(variant));
        let mut values: Vec<Value> = mapped.map(|(value, _)| value.clone().into()).collect();
        if values.is_empty() {
            let ty = types.get(variant);
            values.extend(
                ty.key
                    .iter()
                    .chain(&ty.form_of)
                    .map(|key| key.clone().into()),
            );
        }
        values
    }

    /// Adds to the rules of variants that are alike so far.
    fn tell_apart(&self, kept: &mut [(TypeId, UnionVariant)]) {
        let rules: Vec<Rule> = kept.iter().map(|(_, plan)| plan.rule.clone()).collect();
        for (index, (id, plan)) in kept.iter_mut().enumerate() {
            let others = rules.iter().enumerate();
            let alike = others
                .filter(|(other, rule)| *other != index && alike(rule, &plan.rule))
                .count();
            if alike > 0 {
                self.say_more(*id, plan);
            }
        }
        self.tell_by_enums(kept);
    }

    fn say_more(&self, id: TypeId, plan: &mut UnionVariant) {
        let ty = self.api.types.get(self.api.types.resolve(id));
        match &ty.shape {
            Shape::List(item) => plan.rule = Rule::Items(Box::new(self.part_rule(*item))),
            Shape::Tuple(tuple) => {
                let mut rules = tuple.parts().map(|part| self.part_rule(part));
                if let Some(first) = rules.next()
                    && rules.all(|rule| rule == first)
                {
                    plan.rule = Rule::Items(Box::new(first));
                }
            }
            Shape::Map(value) => plan.rule = Rule::Values(Box::new(self.part_rule(*value))),
            Shape::Enum(values) if EnumKind::of(values) == EnumKind::Text => {
                let texts = values.iter().filter_map(|value| value.value.as_str());
                plan.rule = Rule::Texts(texts.map(str::to_owned).collect());
            }
            Shape::Record(_) => {
                if let (Rule::Object(rule), Ty::Named(named)) = (&mut plan.rule, unboxed(&plan.ty))
                {
                    rule.known = Some(named.clone());
                }
            }
            _ => {}
        }
    }

    /// The rule of an item: a union may hold the list that it is an item of, so none of it.
    fn part_rule(&self, id: TypeId) -> Rule {
        match self.rule(id) {
            Rule::Union(_) => Rule::Any,
            rule => rule,
        }
    }

    /// Tells records apart by a field whose values no two of them share.
    fn tell_by_enums(&self, kept: &mut [(TypeId, UnionVariant)]) {
        let types = &self.api.types;
        let record = |id: TypeId| match &types.get(types.resolve(id)).shape {
            Shape::Record(record) => Some(record),
            _ => None,
        };
        let alike: Vec<usize> = (0..kept.len())
            .filter(
                |index| matches!(&kept[*index].1.rule, Rule::Object(rule) if rule.known.is_some()),
            )
            .collect();
        let Some(first) = alike.first().and_then(|index| record(kept[*index].0)) else {
            return;
        };
        for field in &first.fields {
            let values: Option<Vec<(usize, Vec<Value>)>> = alike
                .iter()
                .map(|index| {
                    let fields = &record(kept[*index].0)?.fields;
                    let same = fields.iter().find(|other| other.name == field.name)?;
                    Some((*index, self.values(same.ty).filter(|_| same.required)?))
                })
                .collect();
            let Some(values) = values.filter(|values| disjoint(values)) else {
                continue;
            };
            for (index, values) in values {
                if let Rule::Object(rule) = &mut kept[index].1.rule {
                    rule.required.retain(|key| *key != field.name);
                    rule.constants.retain(|(key, _)| *key != field.name);
                    rule.constants.push((field.name.clone(), values));
                    rule.known = None;
                }
            }
            return;
        }
    }
}

/// Whether no value stands in two of the lists.
fn disjoint(lists: &[(usize, Vec<Value>)]) -> bool {
    let apart = |index: usize, list: &[Value]| {
        lists[index + 1..]
            .iter()
            .all(|(_, other)| !list.iter().any(|value| other.contains(value)))
    };
    lists
        .iter()
        .enumerate()
        .all(|(index, (_, list))| apart(index, list))
}

/// Whether a value for which both rules hold would be either.
fn alike(a: &Rule, b: &Rule) -> bool {
    match (a, b) {
        (Rule::Object(a), Rule::Object(b)) => {
            let told = a.constants.iter().any(|(key, values)| {
                let other = b.constants.iter().find(|(other, _)| other == key);
                other.is_some_and(|(_, others)| others != values)
            });
            let subset = |a: &ObjectRule, b: &ObjectRule| {
                a.required.iter().all(|key| b.required.contains(key))
            };
            !told && (subset(a, b) || subset(b, a))
        }
        (Rule::Object(rule), Rule::Kind("Object")) | (Rule::Kind("Object"), Rule::Object(rule)) => {
            rule.constants.is_empty()
        }
        _ => a == b,
    }
}

fn unboxed(ty: &Ty) -> &Ty {
    match ty {
        Ty::Boxed(inner) => inner,
        other => other,
    }
}
