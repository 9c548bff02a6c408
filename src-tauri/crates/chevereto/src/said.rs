//! What a site said, made fit to show: no tags, no control characters, short, and without the key.

/// The longest sentence that is shown, in characters.
const MAX_CHARS: usize = 200;

/// At most 200 readable characters of a text or an HTML page.
pub(crate) fn readable(text: &str, key: Option<&str>) -> String {
    let plain = without_tags(text);
    let plain = plain
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#039;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
    let plain = match key {
        // A site that repeats what it was given must not bring the key into an error.
        Some(key) if plain.contains(key) => plain.replace(key, "…"),
        _ => plain,
    };
    let kept: String =
        plain.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns(*c)).collect();
    let mut words = String::new();
    for word in kept.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    match words.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => words[..end].to_owned(),
        None => words,
    }
}

/// Invisible signs that turn the direction of writing: a site could make a sentence read as another one.
fn turns(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text between the tags, without scripts and styles.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let tag = &rest[start..];
        let opens = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !opens {
            text.push('<');
            rest = &tag[1..];
            continue;
        }
        text.push(' ');
        rest = hidden_block(tag).unwrap_or_else(|| tag.find('>').map_or("", |end| &tag[end + 1..]));
    }
    text.push_str(rest);
    text
}

/// What follows a script, a style, a head or a comment that starts here.
fn hidden_block(tag: &str) -> Option<&str> {
    for (start, end) in [("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->")] {
        if starts_with_ignoring_case(tag, start) {
            let close = find_ignoring_case(tag, end).map(|at| at + end.len());
            return Some(close.map_or("", |at| &tag[at..]));
        }
    }
    None
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

/// The place of an ASCII text in another, in any case.
pub(crate) fn find_ignoring_case(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len()).position(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_a_sentence() {
        let page =
            "<!DOCTYPE html><style>b{}</style><p>Fatal&nbsp;error:\n <b>1 < 2</b><script>x()</script> end";
        assert_eq!(readable(page, None), "Fatal error: 1 < 2 end");
        assert_eq!(readable(&"ž".repeat(500), None).chars().count(), 200);
        assert_eq!(readable("<unclosed", None), "");
        assert_eq!(readable("a\u{202E}b\u{0}c", None), "ab c");
    }

    #[test]
    fn a_repeated_key_is_taken_out() {
        assert_eq!(readable("No such key: chv_1_abc.", Some("chv_1_abc")), "No such key: ….");
    }
}
