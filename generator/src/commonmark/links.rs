//! Where the links of a text may lead.

/// Whether a link may be followed: relative ones are of the description's own site, and other
/// schemes can run code.
pub(crate) fn leads_somewhere(target: &str) -> bool {
    let target = target.trim();
    let is_clean = !target.contains(|c: char| c.is_whitespace() || c.is_control());
    let begins = |scheme: &&str| {
        let start = target.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    is_clean && ["https://", "http://", "mailto:"].iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::leads_somewhere;

    #[test]
    fn few_schemes_lead_somewhere() {
        for target in [
            "https://a.example",
            "HTTP://a.example",
            "mailto:a@b.example",
        ] {
            assert!(leads_somewhere(target), "{target}");
        }
        for target in [
            "javascript:x",
            "./near",
            "#here",
            "https://a b",
            "",
            "é://x",
        ] {
            assert!(!leads_somewhere(target), "{target}");
        }
    }
}
