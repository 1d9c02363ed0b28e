//! Each case is a file of `generator/tests/layout`, in parts with a blank line between. A part is
//! read and laid out again; `generator/tests/layout.rs` shows the same files to rustfmt.

use quote::quote;

use super::{Layout, quick};

macro_rules! cases {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let case = concat!("../../../tests/layout/", stringify!($name), ".rs");
                is_laid_out(case, include_str!(concat!("../../../tests/layout/", stringify!($name), ".rs")));
            }
        )*
    };
}

cases! { attributes calls chains closures functions impls imports matches statements statics types }

fn is_laid_out(case: &str, text: &str) {
    for part in text.trim_end().split("\n\n") {
        let file = syn::parse_file(part).unwrap();
        let layout = Layout::default();
        let laid_out = layout.items(&file.items);
        assert_eq!(layout.unknown(), 0, "{case}: {part}");
        assert_eq!(laid_out.trim_end(), part, "{case}");
        if let Some(quick) = quickly(part) {
            assert_eq!(quick, laid_out, "{case}, by its tokens");
        }
    }
}

fn quickly(text: &str) -> Option<String> {
    quick::lay_out(text.parse().unwrap()).ok()
}

#[test]
fn plain_forms_need_no_syntax() {
    let plain = [
        "pub enum Role {\n    /// All.\n    Admin,\n    Other(String),\n}\n",
        "#[derive(Clone, Debug)]\npub struct Map<'a> {\n    pub all: BTreeMap<String, &'a Role>,\n}\n",
        "pub type Roles = Vec<Role>;\n",
        "static ALL: &[Role] = &[Role::Admin, Role::Other(\"x\")];\n",
        "impl Role {\n    pub fn name(&self) -> &str {\n        match self {\n            Self::Admin => \"admin\",\n        }\n    }\n}\n",
    ];
    for text in plain {
        assert_eq!(quickly(text).as_deref(), Some(text));
    }
    assert_eq!(quickly("fn wait() { loop { yield_now().await } }"), None);
}

#[test]
fn what_is_not_known_is_kept_and_counted() {
    let file: syn::File = syn::parse2(quote! {
        pub async fn wait() { loop { yield_now().await } }
        impl One {
            fn two() { unsafe { three() } }
        }
    })
    .unwrap();
    let layout = Layout::default();
    let text = layout.items(&file.items);
    assert_eq!(layout.unknown(), 2);
    let again = syn::parse_file(&text).unwrap();
    assert_eq!(quote!(#file).to_string(), quote!(#again).to_string());
}

#[test]
fn blank_lines_are_marked() {
    let file: syn::File = syn::parse2(quote! {
        impl One {
            const A: u8 = 1;
            const B: u8 = 2;
            #[blank_line]
            /// Text.
            fn two() {}
        }
    })
    .unwrap();
    let text = Layout::default().items(&file.items);
    let expected = "impl One {\n    const A: u8 = 1;\n    const B: u8 = 2;\n\n    /// Text.\n    fn two() {}\n}\n";
    assert_eq!(text, expected);
}

/// An argument is tried behind its call and below it. That must not double with each level.
#[test]
fn nested_calls_cost_no_more_than_their_size_allows() {
    let tried = |depth: usize| {
        let mut call = quote!(value("a text", "another text", third, fourth, fifth, sixth));
        for _ in 0..depth {
            call = quote!(Some(
                vec![outer(first, #call).method(&[1, 2]).another_method()?]
            ));
        }
        let block: syn::Block = syn::parse2(quote!({ let value = #call; })).unwrap();
        let layout = Layout::default();
        assert!(!layout.statements(&block.stmts, 0).is_empty());
        layout.broken.borrow().len()
    };
    // Doubling with each of eight levels would be 256 times as much.
    let counts: Vec<usize> = [8, 16, 24].into_iter().map(tried).collect();
    assert!(
        counts.is_sorted_by(|shallow, deep| *deep < shallow * 16),
        "{counts:?}"
    );
}
