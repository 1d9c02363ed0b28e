//! Objects: records of known fields, maps, and what else an object may hold.

use crate::diagnostic::Problem;
use crate::ir::{Field, Record, Rest, Shape, Type, TypeId, Union};
use crate::model::{Reader, Schema};
use crate::source::{Key, Node, near};

use super::TypeResolver;
use super::fold::Folded;
use super::part::says_shape;

impl<'d> TypeResolver<'d> {
    pub(super) fn object(&mut self, folded: &Folded<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        let says = !folded.additional.is_empty() || !folded.patterns.is_empty();
        if folded.properties.is_empty() && (says || !folded.closed) {
            return Shape::Map(self.other_values(folded, reader));
        }
        if !says {
            report_unknown_required(folded, reader);
        }
        let mut fields = Vec::new();
        for (key, nodes) in &folded.properties {
            let required = folded.required.iter().any(|(name, _)| *name == &*key.text);
            let field = self.field(key, nodes, required, reader);
            fields.push(Field {
                conditional: folded.conditional.contains(&*key.text),
                ..field
            });
        }
        let rest = match (says, folded.closed, folded.open) {
            (true, ..) => Rest::Typed(self.other_values(folded, reader)),
            (_, true, _) => Rest::Closed,
            (_, _, true) => Rest::Typed(self.any()),
            _ => Rest::Ignored,
        };
        Shape::Record(Record { fields, rest })
    }

    /// The type of the values that no property names: one, or whichever of several.
    fn other_values(&mut self, folded: &Folded<'d>, reader: &mut Reader<'d, '_>) -> TypeId {
        let mut variants = Vec::new();
        if !folded.additional.is_empty() {
            variants.push(self.type_of_all(&folded.additional, reader));
        }
        for node in &folded.patterns {
            let ty = self.type_of(node, reader);
            if !variants.contains(&ty) {
                variants.push(ty);
            }
        }
        match variants[..] {
            [] => self.any(),
            [only] => only,
            _ => {
                let at = folded
                    .patterns
                    .first()
                    .map(|node| node.at)
                    .unwrap_or_default();
                self.types.push(Type {
                    shape: Shape::Union(Union {
                        variants,
                        discriminator: None,
                        default: None,
                    }),
                    ..Type::blank(at)
                })
            }
        }
    }

    fn field(
        &mut self,
        key: &'d Key,
        nodes: &[&'d Node],
        required: bool,
        reader: &mut Reader<'d, '_>,
    ) -> Field {
        // What is said beside a reference is said of the field, not of the type.
        let read = nodes.iter().filter_map(|node| Schema::read(node, reader));
        let own: Vec<Schema<'d>> = read.collect();
        let any = |holds: fn(&Schema<'d>) -> bool| own.iter().any(holds);
        let said = own.iter().rev().find_map(|own| own.description.clone());
        Field {
            at: key.at,
            name: key.text.to_string(),
            ty: match nodes {
                [only] => self.type_of(only, reader),
                _ => self.type_of_all(nodes, reader),
            },
            required,
            description: said.or_else(|| said_by_members(&own, reader)),
            deprecated: any(|own| own.deprecated),
            read_only: any(|own| own.read_only),
            write_only: any(|own| own.write_only),
            conditional: false,
        }
    }
}

/// What a member of an `allOf` says that has no shape: 3.0 has no other place for a description beside
/// a reference.
fn said_by_members<'d>(own: &[Schema<'d>], reader: &mut Reader<'d, '_>) -> Option<String> {
    let members = own.iter().flat_map(|own| own.all_of);
    let beside = members.filter(|member| !says_shape(member));
    let said = beside.filter_map(|member| Schema::read(member, reader)?.description);
    said.last()
}

/// Reports names in `required` that no property has: mostly slips of the pen.
fn report_unknown_required(folded: &Folded<'_>, reader: &mut Reader<'_, '_>) {
    let names = || folded.properties.iter().map(|(key, _)| &*key.text);
    for (name, at) in &folded.required {
        if names().any(|known| known == *name) {
            continue;
        }
        let problem = Problem::warning(
            "unknown-required",
            format!("`{name}` is required, but no property is called so"),
        )
        .at(*at)
        .label("passed over");
        reader.problems.report(match near(name, names()).first() {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None => problem.help(format!("add `{name}` to `properties`")),
        });
    }
}
