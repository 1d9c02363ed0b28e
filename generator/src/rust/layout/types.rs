//! Types and paths.

use quote::ToTokens;
use syn::{
    AngleBracketedGenericArguments, Expr, GenericArgument, GenericParam, Generics, Path,
    PathArguments, QSelf, Type, TypeArray, TypeParamBound,
};

use super::Layout;
use super::lists::{Element, Style};
use super::one_line::literal;
use super::space::{Space, width};

impl Layout {
    /// A type in a space; only generic arguments are ever broken.
    pub(super) fn ty(&self, ty: &Type, space: Space) -> Option<String> {
        let Some(text) = one_line(ty) else {
            return Some(self.plainly(ty));
        };
        if width(&text) <= space.width {
            return Some(text);
        }
        match ty {
            Type::Path(each) if has_arguments(&each.path) => self.broken_path(&each.path, space),
            Type::Path(_) => space.lenient.then_some(text),
            Type::Reference(each) => {
                let prefix = reference(each);
                let inner = self.ty(&each.elem, space.after(prefix.len())?)?;
                Some(format!("{prefix}{inner}"))
            }
            Type::Slice(each) => {
                let inner = self.ty(&each.elem, space.after(1)?.before(1)?)?;
                Some(format!("[{inner}]"))
            }
            Type::Array(each) => {
                let length = length(each)?;
                let space = space.after(1)?.before(length.len() + 3)?;
                Some(format!("[{}; {length}]", self.ty(&each.elem, space)?))
            }
            // rustfmt does not count the `impl`.
            Type::ImplTrait(each) => match each.bounds.first() {
                Some(_) if width(&text) <= space.width + "impl ".len() => Some(text),
                Some(TypeParamBound::Trait(bound)) if has_arguments(&bound.path) => {
                    let path = self.broken_path(&bound.path, space)?;
                    Some(format!("impl {path}"))
                }
                _ => space.lenient.then_some(text),
            },
            _ => space.lenient.then_some(text),
        }
    }

    /// A path of which only the last segment has arguments.
    fn broken_path(&self, path: &Path, space: Space) -> Option<String> {
        let mut text = String::new();
        for (index, segment) in path.segments.iter().enumerate() {
            if index > 0 {
                text.push_str("::");
            }
            text.push_str(&segment.ident.to_string());
            if let PathArguments::AngleBracketed(each) = &segment.arguments {
                let arguments: Vec<_> = each.args.iter().map(Element::Argument).collect();
                text = self.list(&text, &arguments, space, Style::GENERIC)?;
            }
        }
        Some(text)
    }

    pub(super) fn generic_argument(
        &self,
        argument: &GenericArgument,
        space: Space,
    ) -> Option<String> {
        match argument {
            GenericArgument::Type(ty) => self.ty(ty, space),
            other => Some(self::argument(other).unwrap_or_else(|| self.plainly(other))),
        }
    }
}

fn has_arguments(path: &Path) -> bool {
    path.segments
        .iter()
        .any(|segment| !segment.arguments.is_none())
}

/// `&`, its lifetime and its `mut`.
fn reference(each: &syn::TypeReference) -> String {
    let mut text = String::from("&");
    if let Some(lifetime) = &each.lifetime {
        text.push_str(&lifetime.to_string());
        text.push(' ');
    }
    if each.mutability.is_some() {
        text.push_str("mut ");
    }
    text
}

/// A type on one line; `None` if it is not known.
pub(super) fn one_line(ty: &Type) -> Option<String> {
    Some(match ty {
        Type::Path(each) => match &each.qself {
            None => path(&each.path, false)?,
            Some(_) => expression_path(each.qself.as_ref(), &each.path)?,
        },
        Type::Reference(each) => format!("{}{}", reference(each), one_line(&each.elem)?),
        Type::Slice(each) => format!("[{}]", one_line(&each.elem)?),
        Type::Array(each) => format!("[{}; {}]", one_line(&each.elem)?, length(each)?),
        Type::Tuple(each) if each.elems.len() != 1 => {
            let elements: Option<Vec<String>> = each.elems.iter().map(one_line).collect();
            format!("({})", elements?.join(", "))
        }
        Type::ImplTrait(each) => {
            let bounds: Option<Vec<String>> = each.bounds.iter().map(bound).collect();
            format!("impl {}", bounds?.join(" + "))
        }
        _ => return None,
    })
}

/// A path in an expression, on one line.
pub(super) fn expression_path(qself: Option<&QSelf>, path: &Path) -> Option<String> {
    let Some(qself) = qself else {
        return self::path(path, true);
    };
    // `<Type as Trait>::NAME`
    qself.as_token?;
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|segment| {
            segment
                .arguments
                .is_empty()
                .then(|| segment.ident.to_string())
        })
        .collect::<Option<_>>()?;
    let (of_trait, rest) = names.split_at_checked(qself.position)?;
    let ty = one_line(&qself.ty)?;
    Some(format!(
        "<{ty} as {}>::{}",
        of_trait.join("::"),
        rest.join("::")
    ))
}

fn path(path: &Path, expression: bool) -> Option<String> {
    let mut text = String::new();
    if path.leading_colon.is_some() {
        text.push_str("::");
    }
    for (index, segment) in path.segments.iter().enumerate() {
        if index > 0 {
            text.push_str("::");
        }
        text.push_str(&segment.ident.to_string());
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(each) => {
                if expression {
                    text.push_str("::");
                }
                text.push_str(&arguments(each)?);
            }
            PathArguments::Parenthesized(_) => return None,
        }
    }
    Some(text)
}

/// `::<A, B>`
pub(super) fn turbofish(each: &AngleBracketedGenericArguments) -> Option<String> {
    Some(format!("::{}", arguments(each)?))
}

fn arguments(each: &AngleBracketedGenericArguments) -> Option<String> {
    let arguments: Option<Vec<String>> = each.args.iter().map(argument).collect();
    Some(format!("<{}>", arguments?.join(", ")))
}

fn argument(argument: &GenericArgument) -> Option<String> {
    match argument {
        GenericArgument::Type(ty) => one_line(ty),
        GenericArgument::Lifetime(lifetime) => Some(lifetime.to_string()),
        _ => None,
    }
}

/// Generic parameters on one line; nothing if there are none, `None` if they are not known.
pub(super) fn generics(generics: &Generics) -> Option<String> {
    if generics.where_clause.is_some() {
        return None;
    }
    let parameters: Option<Vec<String>> = generics.params.iter().map(parameter).collect();
    let parameters = parameters?;
    Some(match parameters.is_empty() {
        true => String::new(),
        false => format!("<{}>", parameters.join(", ")),
    })
}

fn parameter(parameter: &GenericParam) -> Option<String> {
    match parameter {
        GenericParam::Lifetime(each) if each.bounds.is_empty() => Some(each.lifetime.to_string()),
        GenericParam::Type(each) if each.default.is_none() => {
            if each.bounds.is_empty() {
                return Some(each.ident.to_string());
            }
            let bounds: Option<Vec<String>> = each.bounds.iter().map(bound).collect();
            Some(format!("{}: {}", each.ident, bounds?.join(" + ")))
        }
        _ => None,
    }
}

fn bound(bound: &TypeParamBound) -> Option<String> {
    match bound {
        TypeParamBound::Trait(each) if each.lifetimes.is_none() && each.maybe.is_none() => {
            path(&each.path, false)
        }
        TypeParamBound::Lifetime(lifetime) => Some(lifetime.to_string()),
        _ => None,
    }
}

/// A visibility and the blank after it.
pub(super) fn visibility(visibility: &syn::Visibility) -> String {
    match visibility {
        syn::Visibility::Inherited => String::new(),
        syn::Visibility::Public(_) => "pub ".to_owned(),
        syn::Visibility::Restricted(each) => {
            let path = each.path.to_token_stream().to_string().replace(' ', "");
            match each.in_token {
                Some(_) => format!("pub(in {path}) "),
                None => format!("pub({path}) "),
            }
        }
    }
}

/// The length of an array, a number.
fn length(array: &TypeArray) -> Option<String> {
    match &array.len {
        Expr::Lit(each) => Some(literal(&each.lit)),
        _ => None,
    }
}
