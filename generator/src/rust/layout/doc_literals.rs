//! The literals that docs travel in, from emission to the layout.
//!
//! There is one for each item and each member, and most of what a client says is docs. A raw
//! string holds them as they are: nothing is escaped here only to be read again there.

use proc_macro2::Literal;

const START: &str = "r##\"";
const END: &str = "\"##";

/// A text as a literal; raw, if it can be.
pub(in super::super) fn doc_literal(text: &str) -> Literal {
    // A raw string may hold no carriage return.
    let fits = !text.contains(END) && !text.contains('\r');
    let raw = fits.then(|| format!("{START}{text}{END}").parse().ok());
    raw.flatten().unwrap_or_else(|| Literal::string(text))
}

/// What a literal of a text says.
pub(super) fn text(literal: &Literal) -> Option<String> {
    let written = literal.to_string();
    let raw = written.strip_prefix(START);
    if let Some(text) = raw.and_then(|text| text.strip_suffix(END)) {
        return Some(text.to_owned());
    }
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_text_comes_back_as_it_was() {
        for said in [
            "",
            " plain\n lines",
            " \"quoted\"# \\n",
            " \"##",
            "\r\n",
            "a\rb",
            "\u{0}",
        ] {
            let literal = super::doc_literal(said);
            assert_eq!(super::text(&literal).as_deref(), Some(said), "{literal}");
        }
    }
}
