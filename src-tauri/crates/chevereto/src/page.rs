//! A site's public page, read for the few facts that it tells machines. No browser: unknown markup tells nothing.

use serde_json::Value;

use crate::said::{find_ignoring_case, unescape};

/// A tag as it stands in the page: `meta name="generator" content='Chevereto 4'`.
struct Tag<'a>(&'a str);

/// The content of `<meta name="generator" content="…">`.
pub(crate) fn generator(page: &str) -> Option<String> {
    let is_generator = |tag: &Tag<'_>| {
        tag.is("meta") && tag.attribute("name").is_some_and(|name| name.eq_ignore_ascii_case("generator"))
    };
    pieces(page).map(|(tag, _)| tag).find(is_generator)?.attribute("content")
}

/// Number and name of each option of the first `<select>` with this name, groups and indenting dropped.
pub(crate) fn options(page: &str, select: &str) -> Vec<(String, String)> {
    pieces(page)
        .skip_while(|(tag, _)| !(tag.is("select") && tag.attribute("name").as_deref() == Some(select)))
        .skip(1)
        .take_while(|(tag, _)| !tag.is("/select"))
        .filter(|(tag, _)| tag.is("option"))
        .filter_map(|(tag, text)| Some((tag.attribute("value")?, one_line(&unescape(text)))))
        .collect()
}

/// The script that sets `name`, from there to its end.
pub(crate) fn script<'a>(page: &'a str, name: &str) -> &'a str {
    let from = page.find(name).map_or("", |at| &page[at + name.len()..]);
    find_ignoring_case(from, "</script>").map_or(from, |end| &from[..end])
}

/// The text or number after `name:` or `name =`.
pub(crate) fn value(script: &str, name: &str) -> Option<String> {
    let value = after_name(script, name)?;
    let text = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?.replace("\\/", "/"),
        _ => value.split(|c: char| !c.is_ascii_alphanumeric()).next()?.to_owned(),
    };
    (!text.is_empty()).then_some(text)
}

/// The texts of the list after `name:`.
pub(crate) fn list(script: &str, name: &str) -> Vec<String> {
    let list = after_name(script, name).filter(|value| value.starts_with('['));
    let list = list.and_then(|list| Some(list[..=list.find(']')?].replace('\'', "\"")));
    let values: Vec<Value> = list.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default();
    values.iter().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
}

/// What stands after a whole name (not `load_name`) and its colon or equals sign.
fn after_name<'a>(script: &'a str, name: &str) -> Option<&'a str> {
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    script.match_indices(name).find_map(|(at, _)| {
        let rest = script[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix([':', '=']).filter(|_| !script[..at].ends_with(in_name))?;
        Some(value.trim_start())
    })
}

/// Every tag of a page with the text that follows it.
fn pieces(page: &str) -> impl Iterator<Item = (Tag<'_>, &str)> {
    page.split('<').skip(1).map(|piece| {
        let (tag, text) = piece.split_at(end_of_tag(piece));
        (Tag(tag), text.trim_start_matches('>'))
    })
}

/// Where a tag ends: at the first `>` that is not within quotes.
fn end_of_tag(piece: &str) -> usize {
    let mut quote = None;
    let end = piece.find(|c| match (quote, c) {
        (None, '>') => true,
        (None, '"' | '\'') => {
            quote = Some(c);
            false
        }
        (Some(open), c) => {
            if c == open {
                quote = None;
            }
            false
        }
        (None, _) => false,
    });
    // A quote that is never closed quotes nothing.
    end.or_else(|| piece.find('>')).unwrap_or(piece.len())
}

impl Tag<'_> {
    fn is(&self, name: &str) -> bool {
        let end = self.0.find(|c: char| c.is_ascii_whitespace()).unwrap_or(self.0.len());
        self.0[..end].trim_end_matches('/').eq_ignore_ascii_case(name)
    }

    /// The value of an attribute: in either kind of quotes or in none, in any order, with its entities read.
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.0.trim_start_matches(|c: char| !c.is_ascii_whitespace());
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if name.is_empty() && after.is_empty() {
                return None;
            }
            let (value, after) = attribute_value(after.trim_start());
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescape(value));
            }
            rest = after;
        }
    }
}

/// The value that an equals sign starts, and what follows it; an attribute without one has an empty value.
fn attribute_value(text: &str) -> (&str, &str) {
    let Some(value) = text.strip_prefix('=').map(str::trim_start) else { return ("", text) };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
        None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_found_in_any_order_and_quotes() {
        for page in [
            r#"<meta name="generator" content="Chevereto 4">"#,
            "<META content='Chevereto 4' data-x=\"a > b\" NAME='Generator' />",
            "<meta charset=utf-8><meta name=generator content=\"Chevereto 4\">",
        ] {
            assert_eq!(generator(page).as_deref(), Some("Chevereto 4"), "{page}");
        }
        for page in ["", "<meta", "<meta name=\"generator", "<p>generator Chevereto</p>", "<meta = \"\">"] {
            assert_eq!(generator(page), None, "{page}");
        }
    }

    #[test]
    fn options_are_read_as_people_see_them() {
        let page = "<select name='other'><option value=9>no</option></select>\
            <SELECT class='text-input' id=c name='upload-category-id'>\n<option value=\"\">Select category</option>\
            <optgroup label='Land &amp; sea'><option selected value='1'>\n  &nbsp;&nbsp;Art &amp; design&#x2026;\n</option>\
            <option value=2 data-x='a>b'>Trips &#039;26 </option></optgroup></select><option value=\"7\">no</option>";
        let read: Vec<_> = options(page, "upload-category-id");
        let expected = [("", "Select category"), ("1", "Art & design…"), ("2", "Trips '26")];
        assert_eq!(read, expected.map(|(id, name)| (id.to_owned(), name.to_owned())));
    }

    #[test]
    fn values_of_a_script_are_found_by_their_whole_name() {
        let script = script(
            "CHV.obj.config = {image: {load_max_filesize: \"3 MB\", max_filesize: '10 MB', x: 1},\
             upload: {threads: 2, image_types: ['jpg','png'], moderation: true}}</SCRIPT> max_width: 5",
            "CHV.obj.config",
        );
        assert_eq!(value(script, "max_filesize").as_deref(), Some("10 MB"));
        assert_eq!(value(script, "threads").as_deref(), Some("2"));
        assert_eq!(value(script, "moderation").as_deref(), Some("true"));
        assert_eq!(value(script, "max_width"), None);
        assert_eq!(list(script, "image_types"), ["jpg", "png"]);
        assert_eq!(
            value("a.base_url = \"https:\\/\\/host\\/sub\\/\";", "base_url").as_deref(),
            Some("https://host/sub/")
        );
    }

    proptest::proptest! {
        #[test]
        fn any_page_is_read_to_its_end(page in "[<>='\"/ a-cž&;#:\\[\\]]{0,200}") {
            let _ = (generator(&page), options(&page, "a"), list(&page, "a"), value(&page, "b"));
        }
    }
}
