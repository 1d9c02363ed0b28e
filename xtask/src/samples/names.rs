//! What pages call the value of a parameter, by the rules of each format.

/// `inviteId` → `INVITE_ID`
pub(crate) fn screaming(name: &str) -> String {
    snake(name).to_uppercase()
}

/// `orgId` → `myOrgId`
pub(crate) fn javascript(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let words = words.map(|word| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    });
    format!("my{}", words.collect::<String>())
}

/// `orgId` → `my_org_id`
pub(crate) fn ruby(name: &str) -> String {
    format!("my_{}", snake(name))
}

/// `inviteId` → `invite_id`
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        match letter.is_alphanumeric() {
            true => snake.extend(letter.to_lowercase()),
            false => snake.push('_'),
        }
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_values() {
        assert_eq!(screaming("inviteId"), "INVITE_ID");
        assert_eq!(javascript("orgId"), "myOrgId");
        assert_eq!(javascript("org_id"), "myOrg_id");
        assert_eq!(javascript("x-request-id"), "myXRequestId");
        assert_eq!(ruby("orgId"), "my_org_id");
        assert_eq!(ruby("org_id"), "my_org_id");
        assert_eq!(snake("Invites"), "invites");
    }
}
