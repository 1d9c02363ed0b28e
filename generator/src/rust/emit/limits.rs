//! `client/limits.rs`: the table that calls are held against before they are sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::super::plan::{
    ActionLimits, ActionPlan, CratePlan, InsidePlan, LimitPlan, LimitedPlan, Rule,
};
use super::super::print;
use super::rules;
use super::syntax::{ident, number};

/// The Cargo feature without which nothing of it is compiled.
pub(super) const FEATURE: &str = "check-values";

/// The file of the table.
pub(super) fn file(plan: &CratePlan) -> syn::Result<String> {
    let docs = [
        "What the description allows of values beyond their types: bounds, lengths, patterns."
            .to_owned(),
        String::new(),
        "Entries refer to each other by their position.".to_owned(),
    ];
    let imports = imports(plan);
    let entries = plan.limits.iter().map(entry);
    let count = number(plan.limits.len());
    // Without a resource nobody looks anything up.
    let gated = plan.resources.iter().any(|each| each.feature.is_some());
    let unused = gated
        .then(|| quote!(#[allow(dead_code, reason = "the resources that use it may be left out")]));
    let table = quote! {
        #unused
        pub(crate) static TYPES: [Limited; #count] = [#(#entries),*];
    };
    print::file(&super::head(plan, &docs), &imports, vec![table])
}

fn imports(plan: &CratePlan) -> Vec<TokenStream> {
    let unions = |entry: &LimitedPlan| matches!(entry.inside, InsidePlan::OneOf(_));
    let codec = plan.limits.iter().any(unions);
    let bounds = |limit: &LimitPlan| matches!(limit, LimitPlan::Number(..));
    let bounded = plan
        .limits
        .iter()
        .flat_map(|entry| &entry.limits)
        .any(bounds);
    let any = plan.limits.iter().any(|entry| !entry.limits.is_empty());
    let bound = bounded.then(|| quote!(Bound,));
    let limit = any.then(|| quote!(Limit,));
    let codec = codec.then(|| quote!(crate::runtime::codec));
    let limits = quote!(crate::runtime::limit::{#bound Inside, #limit Limited});
    codec.into_iter().chain([limits]).collect()
}

fn entry(plan: &LimitedPlan) -> TokenStream {
    let limits = plan.limits.iter().map(limit);
    let inside = inside(&plan.inside);
    quote!(Limited { limits: &[#(#limits),*], inside: #inside })
}

fn limit(plan: &LimitPlan) -> TokenStream {
    match plan {
        LimitPlan::Number(name, bound) => {
            let (name, bound) = (ident(name), self::bound(bound));
            quote!(Limit::#name(#bound))
        }
        LimitPlan::Size(name, size) => {
            let (name, size) = (ident(name), Literal::u64_unsuffixed(*size));
            quote!(Limit::#name(#size))
        }
        LimitPlan::Pattern(pattern) => quote!(Limit::Pattern(#pattern)),
        LimitPlan::UniqueItems => quote!(Limit::UniqueItems),
    }
}

/// A number; one that is whole is compared exactly, however it is written.
fn bound(bound: &Number) -> TokenStream {
    let whole = bound.as_i64().map(i128::from);
    let whole = whole.or_else(|| bound.as_u64().map(i128::from));
    let real = bound.as_f64().unwrap_or_default();
    let whole = whole.or_else(|| {
        let exact = real.fract() == 0.0 && real.abs() < 1e15;
        exact.then_some(real as i128)
    });
    match whole {
        Some(whole) => {
            let whole = Literal::i128_unsuffixed(whole);
            quote!(Bound::Whole(#whole))
        }
        None => {
            let real = Literal::f64_unsuffixed(real);
            quote!(Bound::Real(#real))
        }
    }
}

fn inside(plan: &InsidePlan) -> TokenStream {
    match plan {
        InsidePlan::Nothing => quote!(Inside::Nothing),
        InsidePlan::Items(follows) => {
            let follows = number(*follows);
            quote!(Inside::Items(#follows))
        }
        InsidePlan::Fields(fields) => {
            let fields = fields.iter().map(|(name, follows)| {
                let follows = number(*follows);
                quote!((#name, #follows))
            });
            quote!(Inside::Fields(&[#(#fields),*]))
        }
        InsidePlan::Values(all, except) => {
            let all = number(*all);
            let except = except.iter().map(|(name, follows)| {
                let follows = maybe(*follows);
                quote!((#name, #follows))
            });
            quote!(Inside::Values(#all, &[#(#except),*]))
        }
        InsidePlan::OneOf(variants) => {
            let variants = variants
                .iter()
                .map(|(rule, follows)| variant(rule, *follows));
            quote!(Inside::OneOf(&[#(#variants),*]))
        }
    }
}

fn variant(rule: &Rule, follows: Option<usize>) -> TokenStream {
    let rule = rules::rule(rule);
    let follows = maybe(follows);
    quote!((#rule, #follows))
}

fn maybe(follows: Option<usize>) -> TokenStream {
    match follows {
        Some(follows) => {
            let follows = number(follows);
            quote!(Some(#follows))
        }
        None => quote!(None),
    }
}

/// The field of an action's table that says which entries its parameters and bodies follow.
pub(super) fn of_action(action: &ActionPlan) -> Option<TokenStream> {
    let ActionLimits { parameters, bodies } = action.limits.as_ref()?;
    let parameters = parameters.iter().map(|(parameter, follows)| {
        let (parameter, follows) = (number(*parameter), number(*follows));
        quote!((#parameter, #follows))
    });
    let bodies = bodies.iter().map(|(media_type, form, follows)| {
        let (form, follows) = (ident(form), number(*follows));
        quote! {
            runtime::limit::LimitedBody {
                media_type: #media_type,
                form: runtime::limit::BodyForm::#form,
                follows: #follows,
            }
        }
    });
    Some(quote! {
        #[cfg(feature = #FEATURE)]
        limits: Some(&runtime::limit::Limits {
            types: &crate::client::limits::TYPES,
            parameters: &[#(#parameters),*],
            bodies: &[#(#bodies),*],
        }),
    })
}
