//! What a site said, made fit to show: no tags, no control characters, short, and without the key.

use std::borrow::Cow;

/// The longest sentence that is shown, in characters.
const MAX_CHARS: usize = 200;

/// So much of a page is looked at; the sentence is in its beginning, or nowhere.
const LOOKED_AT: usize = 4 * MAX_CHARS;

/// At most 200 readable characters of a text or an HTML page, without the secret that went with the question.
pub(crate) fn readable(text: &str, secret: Option<&str>) -> String {
    // First as it stands: what a secret has between angle brackets would pass for a tag.
    let text = match secret {
        Some(secret) if text.contains(secret) => Cow::Owned(text.replace(secret, "…")),
        _ => Cow::Borrowed(text),
    };
    let plain = unescape(&without_tags(&text));
    let looked_at = LOOKED_AT + secret.map_or(0, str::len);
    let mut words = String::new();
    for word in plain.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if words.len() > looked_at {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().filter(|c| !turns(*c)).take(looked_at));
    }
    if let Some(secret) = secret {
        words = without_secret(&words, secret);
    }
    words.chars().take(MAX_CHARS).collect()
}

/// Takes out what a site repeats of a secret: whole or a long piece of it, in any case, as it is or written for an
/// address, blanks and tags within it or not. A site must not bring a key into an error.
fn without_secret(text: &str, secret: &str) -> String {
    let spelled: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let forms = [secret.to_ascii_lowercase(), spelled.to_ascii_lowercase()];
    // A piece shorter than this opens nothing.
    let piece = secret.len().min(12);
    let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let compact: String = letters.iter().map(|(_, c)| c.to_ascii_lowercase()).collect();
    let starts: Vec<usize> = compact.char_indices().map(|(at, _)| at).collect();
    let mut hidden = vec![false; letters.len()];
    for (index, &start) in starts.iter().enumerate() {
        let found = compact
            .get(start..start + piece)
            .is_some_and(|part| forms.iter().any(|form| form.contains(part)));
        if found {
            // The secret is ASCII, so a byte of the piece is a letter.
            hidden[index..index + piece].fill(true);
        }
    }
    let mut kept = String::new();
    let mut last = 0;
    for (index, &(at, c)) in letters.iter().enumerate() {
        if !hidden[index] {
            kept.push_str(&text[last..at]);
            kept.push(c);
        } else if index == 0 || !hidden[index - 1] {
            kept.push_str(&text[last..at]);
            kept.push('…');
        }
        last = at + c.len_utf8();
    }
    kept
}

/// Whether a text tells a secret or a long piece of it.
pub(crate) fn tells(text: &str, secret: &str) -> bool {
    without_secret(text, secret) != text
}

/// A text with its HTML entities read: numbers, and the names that PHP writes.
pub(crate) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((c, end)) => {
                plain.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
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
    fn entities_are_read_once() {
        assert_eq!(unescape("a &amp;lt; b&#39;c&#x27; &#8230;&eacute;&&amp"), "a &lt; b'c' …&eacute;&&amp");
    }

    #[test]
    fn a_repeated_key_is_taken_out_in_every_form() {
        let key = "chv_1_a+b<c>d\"0123456789";
        for (said, kept) in [
            (format!("No such key: {key}."), "No such key: …."),
            (format!("{key}{key} ž {key}"), "…… ž …"),
            ("key=chv_1_a%2Bb%3Cc%3Ed%220123456789&x".to_owned(), "key=…&x"),
            ("key=chv_1_a%2bb%3cc%3ed%220123456789&x".to_owned(), "key=…&x"),
            ("no &quot;chv_1_a+b&lt;c&gt;d&#34;0123456789&quot;".to_owned(), "no \"…\""),
            ("no <b>chv_1_a+b&lt;</b><i>c&gt;d&quot;01234</i>56789 here".to_owned(), "no … here"),
            ("no CHV_1_A+B&LT;C".to_owned(), "no CHV_1_A+B&LT;C"),
            (key.to_uppercase().replace('<', "&lt;"), "…"),
            (format!("cut: {}", &key[..15].replace('<', "&lt;")), "cut: …"),
        ] {
            assert_eq!(readable(&said, Some(key)), kept, "{said}");
        }
        assert_eq!(readable("ab abc", Some("abc")), "ab …");
    }

    proptest::proptest! {
        #[test]
        fn no_text_brings_a_key_back(before in "[a-zž<>& ]{0,300}", key in "[!-~]{8,80}", after: String) {
            let said = readable(&format!("{before}{}{after}", key.replace('&', "&amp;").replace('<', "&lt;")), Some(&key));
            proptest::prop_assert!(!said.contains(&key), "{said}");
        }
    }
}
