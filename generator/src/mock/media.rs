//! Media types (RFC 9110, 8.3.1 and 12.5.1): which fits which, and which is wanted most.

/// How well a media type fits one that may have stars in it: 2 for the same, 1 for a star;
/// `None` if it does not.
pub(super) fn fit(range: &str, media: &str) -> Option<u8> {
    let (range, media) = (essence(range), essence(media));
    if range == media {
        return Some(2);
    }
    let start = range.strip_suffix('*')?;
    (start == "*/" || media.starts_with(start)).then_some(1)
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether it is JSON.
pub(super) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// How much each media type is wanted by an `Accept`, in thousandths: 0 for not at all.
pub(super) fn wanted(accept: &str, media: &str) -> u16 {
    let mut best: Option<((u8, usize), u16)> = None;
    for range in accept.split(',').filter(|range| !range.trim().is_empty()) {
        let fits = fit(range, media).or_else(|| fit(media, range));
        let Some(fits) = fits else { continue };
        let rank = (fits, essence(range).len());
        if best.is_none_or(|(known, _)| rank > known) {
            best = Some((rank, quality(range)));
        }
    }
    best.map_or(0, |(_, quality)| quality)
}

fn quality(range: &str) -> u16 {
    let mut parameters = range.split(';').skip(1);
    let said = parameters.find_map(|each| {
        let (name, value) = each.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("q")
            .then_some(value.trim())
    });
    let quality: f64 = said.and_then(|value| value.parse().ok()).unwrap_or(1.0);
    (quality.clamp(0.0, 1.0) * 1000.0) as u16
}
