fn arms() {
    match text {
        "a" => Self::A,
        -1 => Self::Minus,
        200..=299 => Self::Success,
        Self::Known(value) => value.serialize(to),
        _ => Self::Unrecognized(text.to_owned()),
    }
}

fn bodies_that_are_too_long_stand_in_blocks() {
    match field {
        "a text that is the pattern of an arm and that is long enough" => {
            Self::TheNameOfAVariantThatIsLong
        }
        "text" => codec::next(
            map,
            &mut self.a_field_whose_name_is_so_long_that_the_line_is_too_short_for_it,
        ),
        404 => Self::NotFound(Box::new(response::json_of_a_type_with_a_long_name(
            response,
            and_another,
        )?)),
        _ => return Err(response.undocumented()),
    }
}

fn guards() {
    match response.status() {
        200 if response.is("application/json") => Self::Ok(response::json(response)?),
        200 if response
            .is("application/vnd.some.company.with.a.very.long.name.and.version+json") =>
        {
            Self::Ok(response::json(response)?)
        }
        _ if response.body().is_empty() => Self::Empty,
        _ => return Ok(None),
    }
}

fn as_the_last_argument() {
    Ok(Some(match response.status() {
        404 => Self::NotFound(response::json(response)?),
        _ => return Ok(None),
    }))
}

fn a_pattern_that_is_too_long() {
    match self {
        Self::AVariantWithANameThatIsMuchTooLongForALineOfAHundredColumnsAndThenSomeMoreOfIt(
            value,
        ) => value.serialize(to),
        Self::Short(value) => value.serialize(to),
    }
}

fn alternatives() {
    match text {
        "a" | "b" => One,
        "a text that is rather long"
        | "another text that is as long"
        | "and a third one for it" => Two,
        "a text that is rather long"
        | "another text that is as long"
        | "and a third one for it"
        | "a last" => Two,
        "first" | "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth"
        | "ninth" | "tenth" | "eleventh" => Three(event.json()?),
        _ => Four,
    }
}
