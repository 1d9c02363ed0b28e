//! Items: structs, enums, implementations, tables.

use syn::{
    Expr, Field, Fields, FieldsUnnamed, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct,
    StaticMutability, Type, Variant,
};

use super::assignments::right_side;
use super::attributes::has_blank_line;
use super::functions::Function;
use super::lists::{Element, Style};
use super::space::{INDENT, LINE, Space, break_to, is_broken, last_line_width, width};
use super::types::{generics, visibility};
use super::{Layout, strictly_or_leniently};

/// The attribute that becomes a blank line before an item of an `impl`.
pub(in super::super) const BLANK_LINE: &str = "blank_line";

/// A constant or a static item.
struct Table<'t> {
    head: String,
    ty: &'t Type,
    value: &'t Expr,
}

impl Layout {
    /// Items that stand together; each ends its line.
    pub(in super::super) fn items(&self, items: &[Item]) -> String {
        let mut text = String::new();
        let mut rest = items;
        while let Some(first) = rest.first() {
            let is_same = |item: &&Item| super::imports::kind(item) == super::imports::kind(first);
            let count = match super::imports::kind(first) {
                Some(_) => rest.iter().take_while(is_same).count(),
                None => 1,
            };
            let (run, others) = rest.split_at(count);
            for item in super::imports::sorted(run) {
                text.push_str(&self.item(item));
                text.push('\n');
            }
            rest = others;
        }
        text
    }

    fn item(&self, item: &Item) -> String {
        let known = match item {
            Item::Use(each) => self.import(each),
            Item::Mod(each) if each.content.is_none() && each.unsafety.is_none() => {
                let attributes = self.attributes(&each.attrs, 0);
                Some(format!(
                    "{attributes}{}mod {};",
                    visibility(&each.vis),
                    each.ident
                ))
            }
            Item::Type(each) => self.alias(each),
            Item::Struct(each) => self.structure(each),
            Item::Enum(each) => self.enumeration(each),
            Item::Impl(each) => self.implementation(each),
            Item::Fn(each) if each.modifiers.require_empty().is_ok() => {
                let function = Function {
                    visibility: visibility(&each.vis),
                    signature: &each.sig,
                    block: &each.block,
                };
                let function = self.function(&function, 0);
                function.map(|function| self.attributes(&each.attrs, 0) + &function)
            }
            Item::Static(each) if matches!(each.mutability, StaticMutability::None) => {
                let table = Table {
                    head: format!("{}static {}:", visibility(&each.vis), each.ident),
                    ty: &each.ty,
                    value: &each.expr,
                };
                let attributes = self.attributes(&each.attrs, 0);
                Some(attributes + &self.table(&table, 0))
            }
            _ => None,
        };
        known.unwrap_or_else(|| self.plainly(item))
    }

    fn table(&self, table: &Table<'_>, indent: usize) -> String {
        strictly_or_leniently(|lenient| {
            let space = Space::line(indent, lenient);
            // ` =` follows.
            let behind = space
                .after(table.head.len() + 3)
                .and_then(|space| self.ty(table.ty, space));
            let left = match behind {
                Some(ty) => format!("{} {ty} =", table.head),
                None => {
                    let below = space.deeper();
                    let ty = self.ty(table.ty, below)?;
                    format!("{}{}{ty} =", table.head, break_to(below.indent))
                }
            };
            let right = right_side(&left, space.before(1)?, |space| {
                self.expression(table.value, space)
            })?;
            Some(format!("{left}{right};"))
        })
    }

    fn alias(&self, each: &syn::ItemType) -> Option<String> {
        let generics = generics(&each.generics)?;
        let attributes = self.attributes(&each.attrs, 0);
        let left = format!("{}type {}{generics} =", visibility(&each.vis), each.ident);
        let alias = strictly_or_leniently(|lenient| {
            let space = Space::line(0, lenient).before(1)?;
            let right = right_side(&left, space, |space| self.ty(&each.ty, space))?;
            Some(format!("{left}{right};"))
        });
        Some(attributes + &alias)
    }

    fn structure(&self, each: &ItemStruct) -> Option<String> {
        let generics = generics(&each.generics)?;
        let fields = match &each.fields {
            Fields::Named(fields) => fields,
            Fields::Unnamed(fields) => return self.tuple_structure(each, fields, &generics),
            Fields::Unit => return None,
        };
        let mut text = self.attributes(&each.attrs, 0);
        let head = format!("{}struct {}{generics}", visibility(&each.vis), each.ident);
        if fields.named.is_empty() {
            let empty = match LINE.saturating_sub(width(&head)) {
                // The closing brace is counted twice.
                3 | 4 => format!("{head} {{\n}}"),
                _ => opened(&head, " {}"),
            };
            return Some(text + &empty);
        }
        text.push_str(&opened(&head, " {"));
        text.push_str(&strictly_or_leniently(|lenient| {
            let space = Space::line(INDENT, lenient);
            let mut text = String::new();
            for field in &fields.named {
                text.push_str(&break_to(INDENT));
                text.push_str(&self.attributes(&field.attrs, INDENT));
                text.push_str(&self.named_field(field, space.before(1)?)?);
                text.push(',');
            }
            Some(text)
        }));
        text.push_str("\n}");
        Some(text)
    }

    fn tuple_structure(
        &self,
        each: &ItemStruct,
        fields: &FieldsUnnamed,
        generics: &str,
    ) -> Option<String> {
        let attributes = self.attributes(&each.attrs, 0);
        let head = format!("{}struct {}{generics}", visibility(&each.vis), each.ident);
        let told_of = fields.unnamed.iter().any(|field| !field.attrs.is_empty());
        let elements: Vec<_> = fields.unnamed.iter().map(Element::Field).collect();
        let fields = strictly_or_leniently(|lenient| {
            let space = Space::line(0, lenient).before(1)?;
            if !told_of {
                return self.list(&head, &elements, space, Style::CALL);
            }
            let space = Space::line(INDENT, lenient).before(1)?;
            let mut text = format!("{head}(");
            for field in &fields.unnamed {
                text.push_str(&break_to(INDENT));
                text.push_str(&self.attributes(&field.attrs, INDENT));
                text.push_str(&self.tuple_field(field, space)?);
                text.push(',');
            }
            Some(text + "\n)")
        });
        Some(format!("{attributes}{fields};"))
    }

    fn named_field(&self, field: &Field, space: Space) -> Option<String> {
        let name = field.ident.as_ref()?;
        let left = format!("{}{name}:", visibility(&field.vis));
        let behind = space
            .after(left.len() + 1)
            .and_then(|space| self.ty(&field.ty, space));
        match behind {
            Some(ty) if !is_broken(&ty) => Some(format!("{left} {ty}")),
            _ => {
                let right = right_side(&left, space, |space| self.ty(&field.ty, space))?;
                Some(left + &right)
            }
        }
    }

    /// A field without a name, in a list of such.
    pub(super) fn tuple_field(&self, field: &Field, space: Space) -> Option<String> {
        let visibility = visibility(&field.vis);
        let ty = self.ty(&field.ty, space.after(visibility.len())?)?;
        Some(visibility + &ty)
    }

    fn enumeration(&self, each: &ItemEnum) -> Option<String> {
        let generics = generics(&each.generics)?;
        let mut text = self.attributes(&each.attrs, 0);
        let head = format!("{}enum {}{generics}", visibility(&each.vis), each.ident);
        if each.variants.is_empty() {
            text.push_str(&opened(&head, " {}"));
            return Some(text);
        }
        text.push_str(&opened(&head, " {"));
        let plain = |variant: &Variant| {
            variant.discriminant.is_none() && !matches!(variant.fields, Fields::Named(_))
        };
        if !each.variants.iter().all(plain) {
            return None;
        }
        text.push_str(&strictly_or_leniently(|lenient| {
            let space = Space::line(INDENT, lenient);
            let mut text = String::new();
            for variant in &each.variants {
                text.push_str(&break_to(INDENT));
                text.push_str(&self.attributes(&variant.attrs, INDENT));
                text.push_str(&self.variant(variant, space)?);
                text.push(',');
            }
            Some(text)
        }));
        text.push_str("\n}");
        Some(text)
    }

    fn variant(&self, variant: &Variant, space: Space) -> Option<String> {
        let name = variant.ident.to_string();
        match &variant.fields {
            Fields::Unnamed(fields) => {
                let fields: Vec<_> = fields.unnamed.iter().map(Element::Field).collect();
                self.list(&name, &fields, space.before(1)?, Style::CALL)
            }
            _ => Some(name),
        }
    }

    fn implementation(&self, each: &ItemImpl) -> Option<String> {
        let plain = each.unsafety.is_none() && each.modifiers.require_empty().is_ok();
        if !plain {
            return None;
        }
        let generics = generics(&each.generics)?;
        let head = strictly_or_leniently(|lenient| {
            self.implementation_head(each, &generics, Space::line(0, lenient))
        });
        let mut text = self.attributes(&each.attrs, 0);
        text.push_str(&head);
        if each.items.is_empty() && !is_broken(&head) {
            text.push_str(" {}");
            return Some(text);
        }
        text.push_str(match is_broken(&head) {
            true => "\n{",
            false => " {",
        });
        for (index, item) in each.items.iter().enumerate() {
            if index > 0 && has_blank_line(attributes_of(item)) {
                text.push('\n');
            }
            text.push_str(&break_to(INDENT));
            text.push_str(&self.implementation_item(item));
        }
        text.push_str("\n}");
        Some(text)
    }

    /// `impl<…> Trait for Type`, with a line break where it is too long.
    fn implementation_head(&self, each: &ItemImpl, generics: &str, space: Space) -> Option<String> {
        let mut text = format!("impl{generics}");
        let mut link = " ";
        if let Some((of_trait, _)) = &each.trait_ {
            let ty = Type::Path(syn::TypePath {
                attrs: Vec::new(),
                qself: None,
                path: of_trait.clone(),
            });
            match self.ty(&ty, space.after(text.len() + 1)?) {
                Some(of_trait) if !is_broken(&of_trait) => {
                    text.push(' ');
                    text.push_str(&of_trait);
                }
                _ => {
                    let below = space.deeper();
                    text.push_str(&break_to(below.indent));
                    text.push_str(&self.ty(&ty, below)?);
                }
            }
            link = " for ";
        }
        // ` {` follows.
        let used = last_line_width(&text) + link.len() + 2;
        let behind = Space {
            width: LINE.saturating_sub(used),
            lenient: false,
            ..space
        };
        // rustfmt counts bytes here.
        if let Some(ty) = self.ty(&each.self_ty, behind)
            && !is_broken(&ty)
            && ty.len() <= behind.width
        {
            text.push_str(link);
            text.push_str(&ty);
            return Some(text);
        }
        let below = space.deeper();
        text.push_str(&break_to(below.indent));
        text.push_str(link.trim_start());
        text.push_str(&self.ty(&each.self_ty, below.after(link.trim_start().len())?)?);
        Some(text)
    }

    fn implementation_item(&self, item: &ImplItem) -> String {
        let attributes = self.attributes(attributes_of(item), INDENT);
        let known = match item {
            ImplItem::Fn(each) if each.modifiers.require_empty().is_ok() => {
                let function = Function {
                    visibility: visibility(&each.vis),
                    signature: &each.sig,
                    block: &each.block,
                };
                self.function(&function, INDENT)
            }
            ImplItem::Const(each) if each.generics.params.is_empty() => {
                let table = Table {
                    head: format!("{}const {}:", visibility(&each.vis), each.ident),
                    ty: &each.ty,
                    value: &each.expr,
                };
                Some(self.table(&table, INDENT))
            }
            _ => None,
        };
        match known {
            Some(text) => attributes + &text,
            None => self.plainly(item),
        }
    }
}

/// A head and what opens its body, on the next line if there is no room.
fn opened(head: &str, opening: &str) -> String {
    if width(head) + opening.len() > LINE {
        format!("{head}\n{}", opening.trim_start())
    } else {
        format!("{head}{opening}")
    }
}

fn attributes_of(item: &ImplItem) -> &[syn::Attribute] {
    match item {
        ImplItem::Const(each) => &each.attrs,
        ImplItem::Fn(each) => &each.attrs,
        ImplItem::Type(each) => &each.attrs,
        ImplItem::Macro(each) => &each.attrs,
        _ => &[],
    }
}
