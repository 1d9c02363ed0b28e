//! Values that a schema allows, made from its type: a strategy of proptest over the generator's
//! own picture of an API.
//!
//! With each value goes what must be left of it once a client has read and written it: the same,
//! but moments in UTC, and without fields that a type does not know and does not keep.

use std::sync::Arc;

use base64::engine::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use sdkwright::ir::{EnumValue, Record, Rest, Shape, Tuple, Type, TypeId, Types, Union};
use serde_json::{Map, Value, json};

/// A value and what must be left of it.
pub(crate) type Instance = (Value, Value);

/// Types with how deep their smallest values are.
#[derive(Debug)]
pub(crate) struct Instances {
    types: Types,
    /// `None`: a value would have to hold itself.
    heights: Vec<Option<usize>>,
}

/// What stands around a value.
#[derive(Clone, Copy, Debug)]
struct Around {
    /// How many levels may follow.
    depth: usize,
    /// Whether it is inside of a union, which keeps what it does not know as it is.
    in_union: bool,
}

impl Around {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth.saturating_sub(1),
            ..self
        }
    }
}

impl Instances {
    pub(crate) fn of(types: &Types) -> Arc<Self> {
        let mut heights = vec![None; types.iter().len()];
        // Each round finds values one level higher, until there are no more.
        loop {
            let mut changed = false;
            for (id, ty) in types.iter() {
                let height = height(types, ty, &heights);
                if heights[id.0 as usize].is_none() && height.is_some() {
                    heights[id.0 as usize] = height;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let types = types.clone();
        Arc::new(Self { types, heights })
    }

    /// Values of a type that are not `null`.
    pub(crate) fn values(self: &Arc<Self>, id: TypeId, depth: usize) -> BoxedStrategy<Instance> {
        let in_union = false;
        self.present(id, Around { depth, in_union })
    }

    /// Values of a type, made only when they are asked for: a type may hold itself.
    fn any_of(self: &Arc<Self>, id: TypeId, around: Around) -> BoxedStrategy<Instance> {
        let (own, target) = (self.types.get(id), self.types.get(self.types.resolve(id)));
        let present = self.lazily(id, around);
        if own.nullable || target.nullable {
            return prop_oneof![1 => Just(same(Value::Null)), 4 => present].boxed();
        }
        present
    }

    fn lazily(self: &Arc<Self>, id: TypeId, around: Around) -> BoxedStrategy<Instance> {
        let all = Arc::clone(self);
        Just(())
            .prop_flat_map(move |()| all.present(id, around))
            .boxed()
    }

    fn present(self: &Arc<Self>, id: TypeId, around: Around) -> BoxedStrategy<Instance> {
        let ty = self.types.get(id);
        match &ty.shape {
            Shape::Any => {
                let null = Just(same(Value::Null));
                prop_oneof![1 => null, 4 => anything().prop_map(same)].boxed()
            }
            Shape::Boolean => any::<bool>().prop_map(|flag| same(flag.into())).boxed(),
            Shape::Integer => whole(ty),
            Shape::Number => number(),
            Shape::String => text(ty.format.as_deref(), around),
            Shape::Enum(values) => choice(values),
            Shape::List(item) => self.list(*item, around),
            Shape::Tuple(tuple) => self.tuple(tuple, around),
            Shape::Map(value) => {
                let entries = self.entries(*value, "", around);
                entries
                    .prop_map(|entries| object(entries, Vec::new()))
                    .boxed()
            }
            Shape::Record(record) => self.record(record, around),
            Shape::Union(union) => self.union(union, around),
            Shape::Alias(target) if self.types.resolve(id) != id => self.present(*target, around),
            Shape::Alias(_) => anything().prop_map(same).boxed(),
        }
    }

    fn list(self: &Arc<Self>, item: TypeId, around: Around) -> BoxedStrategy<Instance> {
        let most = if self.fits(item, around) { 3 } else { 0 };
        let items = vec(self.any_of(item, around.deeper()), 0..=most);
        items
            .prop_map(|items| {
                let (sent, left): (Vec<Value>, Vec<Value>) = items.into_iter().unzip();
                (sent.into(), left.into())
            })
            .boxed()
    }

    /// The first items, as many of them as there must be or more; after all of them, the rest.
    fn tuple(self: &Arc<Self>, tuple: &Tuple, around: Around) -> BoxedStrategy<Instance> {
        let (always, sometimes) = tuple.items.split_at(tuple.required);
        let fit = sometimes.iter().take_while(|id| self.fits(**id, around));
        let most = always.len() + fit.count();
        let mut items: BoxedStrategy<Vec<Instance>> = Just(Vec::new()).boxed();
        for item in &tuple.items[..most] {
            let value = match self.nullable(*item) && !self.fits(*item, around) {
                true => Just(same(Value::Null)).boxed(),
                false => self.any_of(*item, around.deeper()),
            };
            items = (items, value)
                .prop_map(|(mut items, value)| {
                    items.push(value);
                    items
                })
                .boxed();
        }
        let rest = tuple.rest.filter(|rest| self.fits(*rest, around));
        let rest = match rest {
            Some(rest) => vec(self.any_of(rest, around.deeper()), 0..=2).boxed(),
            None => Just(Vec::new()).boxed(),
        };
        let all = tuple.items.len();
        (items, rest, tuple.required..=most)
            .prop_map(move |(mut items, rest, length)| {
                items.truncate(length);
                items.extend(rest.into_iter().filter(|_| length == all));
                let (sent, left): (Vec<Value>, Vec<Value>) = items.into_iter().unzip();
                (sent.into(), left.into())
            })
            .boxed()
    }

    /// Entries of a map whose keys begin with `prefix`.
    fn entries(
        self: &Arc<Self>,
        value: TypeId,
        prefix: &'static str,
        around: Around,
    ) -> BoxedStrategy<Vec<(String, Instance)>> {
        let most = if self.fits(value, around) { 3 } else { 0 };
        let values = self.any_of(value, around.deeper());
        btree_map(".{0,6}", values, 0..=most)
            .prop_map(move |entries| {
                let named = entries.into_iter();
                named
                    .map(|(key, value)| (format!("{prefix}{key}"), value))
                    .collect()
            })
            .boxed()
    }

    fn record(self: &Arc<Self>, record: &Record, around: Around) -> BoxedStrategy<Instance> {
        let mut fields: BoxedStrategy<Vec<(String, Instance)>> = Just(Vec::new()).boxed();
        for field in &record.fields {
            let Some(present) = self.field(field.ty, field.required, around) else {
                continue;
            };
            let name = field.name.clone();
            fields = (fields, present)
                .prop_map(move |(mut fields, value)| {
                    fields.extend(value.map(|value| (name.clone(), value)));
                    fields
                })
                .boxed();
        }
        // Names that no case has.
        let extra = "\u{1f6b0} ";
        let kept = match record.rest {
            Rest::Typed(value) => self.entries(value, extra, around),
            Rest::Ignored | Rest::Closed => Just(Vec::new()).boxed(),
        };
        let unknown = match record.rest {
            Rest::Ignored if !around.in_union => btree_map(".{0,3}", anything(), 0..=1)
                .prop_map(Vec::from_iter)
                .boxed(),
            _ => Just(Vec::new()).boxed(),
        };
        (fields, kept, unknown, any::<prop::sample::Index>())
            .prop_map(move |(mut fields, kept, unknown, start)| {
                if !fields.is_empty() {
                    let start = start.index(fields.len());
                    fields.rotate_left(start);
                }
                fields.extend(kept);
                let unknown = unknown.into_iter();
                let unknown = unknown.map(|(key, value)| (format!("{extra}{key}"), value));
                object(fields, unknown.collect())
            })
            .boxed()
    }

    /// The values of a field, `None` among them if it may be absent; `None` if it must be.
    fn field(
        self: &Arc<Self>,
        ty: TypeId,
        required: bool,
        around: Around,
    ) -> Option<BoxedStrategy<Option<Instance>>> {
        let ends = self.heights[ty.0 as usize].is_some();
        let values = self.any_of(ty, around.deeper()).prop_map(Some);
        match (required, self.fits(ty, around)) {
            // A value would never end; in Rust such a field is optional.
            (true, _) if !ends => None,
            (true, _) => Some(values.boxed()),
            (false, true) => Some(prop_oneof![Just(None), values].boxed()),
            (false, false) => None,
        }
    }

    fn union(self: &Arc<Self>, union: &Union, around: Around) -> BoxedStrategy<Instance> {
        let around = Around {
            in_union: true,
            ..around
        };
        let fit = union.variants.iter().filter(|id| self.fits(**id, around));
        let mut variants: Vec<TypeId> = fit.copied().collect();
        if variants.is_empty() {
            let least = union.variants.iter().min_by_key(|id| {
                let height = self.heights[id.0 as usize];
                height.unwrap_or(usize::MAX)
            });
            variants.extend(least);
        }
        let members = variants.into_iter().map(|id| {
            let tag = self.tag(union, id);
            let values = self.lazily(id, around.deeper());
            values
                .prop_map(move |value| tagged(value, tag.as_ref()))
                .boxed()
        });
        proptest::strategy::Union::new(members).boxed()
    }

    /// The discriminator of a variant, if the variant has such a field.
    fn tag(&self, union: &Union, variant: TypeId) -> Option<(String, String)> {
        let (property, mapping) = union.discriminator.as_ref()?;
        let end = self.types.resolve(variant);
        let Shape::Record(record) = &self.types.get(end).shape else {
            return None;
        };
        let field = record.fields.iter().find(|field| field.name == *property)?;
        if let Shape::Enum(values) = &self.types.get(self.types.resolve(field.ty)).shape
            && values.len() == 1
        {
            return Some((property.clone(), values[0].value.as_str()?.to_owned()));
        }
        let mut mapped = mapping
            .iter()
            .filter(|(_, to)| self.types.resolve(*to) == end);
        let own = self.types.get(variant);
        let key = own.key.as_ref().or(own.form_of.as_ref());
        let value = mapped.next().map(|(value, _)| value).or(key)?;
        Some((property.clone(), value.clone()))
    }

    fn nullable(&self, id: TypeId) -> bool {
        self.types.get(id).nullable || self.types.get(self.types.resolve(id)).nullable
    }

    /// Whether the smallest value of a type fits into the levels that are left.
    fn fits(&self, id: TypeId, around: Around) -> bool {
        self.heights[id.0 as usize].is_some_and(|height| height < around.depth.max(1))
    }
}

/// How deep the smallest value of a type is, if that is known.
fn height(types: &Types, ty: &Type, heights: &[Option<usize>]) -> Option<usize> {
    let of = |id: TypeId| heights[id.0 as usize];
    match &ty.shape {
        Shape::Alias(target) if types.get(*target).nullable => Some(1),
        Shape::Alias(target) => of(*target),
        Shape::Record(record) => {
            let required = record.fields.iter().filter(|field| field.required);
            let nullable = |id| types.get(id).nullable || types.get(types.resolve(id)).nullable;
            let needed = required.filter(|field| !nullable(field.ty));
            let heights: Option<Vec<usize>> = needed.map(|field| of(field.ty)).collect();
            Some(heights?.into_iter().max().unwrap_or_default() + 1)
        }
        Shape::Tuple(tuple) => {
            let required = tuple.items.iter().take(tuple.required);
            let nullable = |id| types.get(id).nullable || types.get(types.resolve(id)).nullable;
            let needed = required.filter(|id| !nullable(**id));
            let heights: Option<Vec<usize>> = needed.map(|id| of(*id)).collect();
            Some(heights?.into_iter().max().unwrap_or_default() + 1)
        }
        Shape::Union(union) => {
            let heights = union.variants.iter().filter_map(|id| of(*id));
            Some(heights.min()? + 1)
        }
        _ => Some(1),
    }
}

fn same(value: Value) -> Instance {
    (value.clone(), value)
}

/// An object of what is kept and of what is not.
fn object(kept: Vec<(String, Instance)>, lost: Vec<(String, Value)>) -> Instance {
    let (mut sent, mut left) = (Map::new(), Map::new());
    for (key, value) in lost {
        sent.insert(key, value);
    }
    for (key, (value, rest)) in kept {
        sent.insert(key.clone(), value);
        left.insert(key, rest);
    }
    (sent.into(), left.into())
}

fn tagged(value: Instance, tag: Option<&(String, String)>) -> Instance {
    let (mut sent, mut left) = value;
    if let Some((property, value)) = tag {
        for object in [&mut sent, &mut left] {
            if let Some(fields) = object.as_object_mut() {
                fields.insert(property.clone(), value.as_str().into());
            }
        }
    }
    (sent, left)
}

/// Any JSON but `null`.
fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let inner = prop_oneof![1 => Just(Value::Null), 6 => inner];
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(".{0,4}", inner, 0..3).prop_map(|map| {
                let map: Map<String, Value> = map.into_iter().collect();
                map.into()
            }),
        ]
    })
    .boxed()
}

/// Whole numbers within the bounds of a type, the ends of what it can hold among them.
fn whole(ty: &Type) -> BoxedStrategy<Instance> {
    // Who says a maximum that no signed number has means numbers without a sign.
    let maximum = ty.constraints.maximum.as_ref();
    let beyond = maximum
        .and_then(|most| most.as_u64())
        .filter(|most| i64::try_from(*most).is_err());
    let unsigned = ty.format.as_deref() == Some("uint64") || beyond.is_some();
    if unsigned && ty.constraints.minimum.is_none() {
        let most = beyond.unwrap_or(u64::MAX);
        return prop_oneof![Just(most), 0..=most]
            .prop_map(|whole| same(whole.into()))
            .boxed();
    }
    let bound = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(|it| it.as_i64());
    let format = ty.format.as_deref();
    let (least, most) = match format {
        Some("int8") => (i64::from(i8::MIN), i64::from(i8::MAX)),
        Some("uint8") => (0, i64::from(u8::MAX)),
        Some("int16") => (i64::from(i16::MIN), i64::from(i16::MAX)),
        Some("uint16") => (0, i64::from(u16::MAX)),
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("uint32") => (0, i64::from(u32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let least = bound(&ty.constraints.minimum).unwrap_or(least);
    let most = bound(&ty.constraints.maximum).unwrap_or(most);
    prop_oneof![Just(least), Just(most), least..=most]
        .prop_map(|whole| same(whole.into()))
        .boxed()
}

fn number() -> BoxedStrategy<Instance> {
    prop_oneof![
        proptest::num::f64::NORMAL.prop_map(|real| same(json!(real))),
        (-1000_i64..1000).prop_map(|whole| (json!(whole), json!(whole as f64))),
        Just(same(json!(0.1))),
    ]
    .boxed()
}

/// Texts, as the format wants them.
fn text(format: Option<&str>, around: Around) -> BoxedStrategy<Instance> {
    match format {
        Some("date") => (1_i16..9999, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| same(format!("{year:04}-{month:02}-{day:02}").into()))
            .boxed(),
        Some("date-time") => moment(around),
        Some("byte") => vec(any::<u8>(), 0..12)
            .prop_map(|bytes| same(STANDARD.encode(bytes).into()))
            .boxed(),
        _ => prop_oneof![Just(String::new()), ".{0,20}", "[a-z]{1,6}"]
            .prop_map(|text| same(text.into()))
            .boxed(),
    }
}

/// Moments, at any offset; where a union may keep them as they are, in UTC.
fn moment(around: Around) -> BoxedStrategy<Instance> {
    let seconds = -60_000_000_000_i64..250_000_000_000;
    let nanos = prop_oneof![
        Just(0),
        0..1_000_000_000,
        (0..1000).prop_map(|milli| milli * 1_000_000)
    ];
    let hours = if around.in_union { 0..=0_i8 } else { -12..=14 };
    (seconds, nanos, hours)
        .prop_map(|(seconds, nanos, hours)| {
            let moment = Timestamp::new(seconds, nanos).expect("within range");
            let zone = TimeZone::fixed(Offset::constant(hours));
            let sent = match hours {
                0 => moment.to_string(),
                _ => moment
                    .to_zoned(zone)
                    .strftime("%Y-%m-%dT%H:%M:%S%.f%:z")
                    .to_string(),
            };
            (sent.into(), moment.to_string().into())
        })
        .boxed()
}

/// The values of an enum, and some that it does not know.
fn choice(values: &[EnumValue]) -> BoxedStrategy<Instance> {
    let known: Vec<Value> = values.iter().map(|each| each.value.clone()).collect();
    let all = |holds: fn(&Value) -> bool| known.iter().all(holds);
    let unknown = match () {
        () if all(Value::is_string) => "[A-Z]{0,5}[ é]".prop_map(Value::from).boxed(),
        () if all(Value::is_i64) => any::<i64>().prop_map(Value::from).boxed(),
        () => prop::sample::select(known.clone()).boxed(),
    };
    let reals = all(Value::is_number) && !all(Value::is_i64);
    prop_oneof![3 => prop::sample::select(known), 1 => unknown]
        .prop_map(move |value| match value.as_f64().filter(|_| reals) {
            Some(real) => (value, json!(real)),
            None => same(value),
        })
        .boxed()
}
