//! Words, cases, reserved words and collisions: every Rust name goes through here.
//!
//! A name is made in two steps. [`words`] takes a text of the description apart; [`camel`],
//! [`pascal`], [`type_name`] and [`snake`] put the words together again. Then a [`Scope`] hands out each name
//! once, and never one that the language or the surrounding code has taken.

mod acronyms;
mod article;
mod case;
mod plural;
mod scope;

pub use article::with_article;
pub use case::{camel, kebab, pascal, snake, suffixed, type_name, words};
pub use plural::singular;
pub use scope::Scope;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_from_any_spelling() {
        for text in [
            "resendInvite",
            "resend-invite",
            "Resend Invite",
            "resend_invite",
        ] {
            assert_eq!(snake(text), "resend_invite");
            assert_eq!(pascal(text), "ResendInvite");
            assert_eq!(camel(text), "resendInvite");
        }
    }

    #[test]
    fn signs_tell_apart_what_digits_do_not() {
        assert_eq!(pascal("+1"), "Plus1");
        assert_eq!(pascal("-1"), "Minus1");
        assert_eq!(pascal("<="), "LessEqual");
    }

    #[test]
    fn signs_alone_are_spelled() {
        assert_eq!(pascal("$"), "Dollar");
        assert_eq!(pascal("€"), "Euro");
        assert_eq!(snake("-"), "dash");
        assert_eq!(pascal("☃"), "U2603");
        assert!(words("-").is_empty());
    }

    #[test]
    fn every_text_makes_a_name() {
        assert_eq!(pascal(""), "Empty");
        assert_eq!(pascal(" "), "Empty");
        assert_eq!(pascal("24h"), "Value24h");
        assert_eq!(snake("24h"), "value_24h");
        assert_eq!(pascal("1.2"), "Value1_2");
        assert_eq!(snake("日本"), "日本");
        assert_eq!(type_name("日本"), "T日本");
        assert_eq!(type_name("éclair"), "Éclair");
        assert_eq!(snake("ＩＤ"), "id");
        assert_eq!(pascal("②"), "Value2");
        assert_eq!(snake("➊"), "u278a");
    }

    #[test]
    fn names_have_an_end() {
        assert_eq!(snake(&"x".repeat(300)), "x".repeat(100));
        assert_eq!(pascal(&"日".repeat(300)), "日".repeat(33));
    }

    #[test]
    fn keywords_of_edition_2024_step_aside() {
        assert_eq!(snake("type"), "type_");
        assert_eq!(snake("gen"), "gen_");
        assert_eq!(suffixed("gen_", "value"), "gen_value");
        assert_eq!(snake("Self"), "self_");
        assert_eq!(pascal("self"), "SelfValue");
    }

    #[test]
    fn a_scope_gives_each_name_once() {
        let mut scope = Scope::with(&["send"]);
        assert_eq!(scope.claim(["send", "send_value"]), "send_value");
        assert_eq!(scope.claim(["send", "send_value"]), "send_value2");
        assert_eq!(scope.claim(["v1"]), "v1");
        assert_eq!(scope.claim(["v1"]), "v1_2");
    }

    #[test]
    fn lists_have_members() {
        assert_eq!(singular("applicationRoles"), "applicationRole");
        assert_eq!(singular("policies"), "policy");
        assert_eq!(singular("boxes"), "box");
        assert_eq!(singular("status"), "status item");
        assert_eq!(singular("data"), "data item");
    }
}
