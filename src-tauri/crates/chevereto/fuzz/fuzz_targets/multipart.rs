//! What is asked for an upload is what PHP reads, or it was refused: any title, description, tags, file name, type and
//! content.
//!
//! An input is these six, in this order, between bytes of 0x1f.

#![no_main]

use chevereto::fuzzing::form;
use chevereto::{ApiKey, Description, Fields, Source, Tags, Title};
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/php.rs"]
mod php;

const KEY: &str = "chv_7_4f1d0c2ab9e8";

fuzz_target!(|input: &[u8]| {
    let mut parts = input.splitn(6, |byte| *byte == 0x1f);
    let mut part = || parts.next().unwrap_or_default();
    let [title, description, tags, name, mime] =
        [part(), part(), part(), part(), part()].map(|text| String::from_utf8_lossy(text).into_owned());
    let content = part();

    let fields = Fields {
        title: Title::parse(&title).ok(),
        description: Description::parse(&description).ok(),
        tags: Tags::parse(&tags).unwrap_or_default(),
        ..Fields::default()
    };
    let source = Source::Bytes { bytes: content.to_vec().into(), name: name.clone(), mime };
    let key = ApiKey::parse(KEY).expect("a key");
    let (content_type, head, tail) = form(&source, &fields, Some(&key));
    let body = [&head[..], content, &tail].concat();
    let mut read = php::read(&content_type, &body).expect("a form");

    let file = read.pop().expect("the source");
    assert_eq!((&file.name[..], &file.value[..]), (&b"source"[..], content));
    check_name(&name, &String::from_utf8(file.filename.expect("a file")).expect("text"));
    check_type(&file.mime.expect("a type"));

    let mut asked = vec![("key", KEY.to_owned())];
    asked.extend(fields.title.is_some().then_some(("title", title)));
    asked.extend(fields.description.is_some().then_some(("description", description)));
    asked.extend((!fields.tags.is_empty()).then(|| ("tags", fields.tags.to_string())));
    asked.push(("format", "json".to_owned()));
    let read: Vec<_> = read
        .into_iter()
        .map(|part| {
            assert!(part.filename.is_none() && part.mime.is_none());
            (String::from_utf8(part.name).expect("text"), String::from_utf8(part.value).expect("text"))
        })
        .collect();
    let asked: Vec<_> = asked.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(read, asked);
});

/// A name that no site stumbles over arrives as it is; what arrives is always such a name.
fn check_name(asked: &str, read: &str) {
    let is_fine = |name: &str| {
        name.len() <= 255
            && !name.chars().any(|c| c.is_control() || c == '/' || c == '\\')
            && name.chars().any(|c| c != '.' && !c.is_whitespace())
    };
    assert!(is_fine(read), "{read}");
    if is_fine(asked) {
        assert_eq!(read, asked);
    }
}

/// Lower case, one slash, nothing that ends a line.
fn check_type(read: &[u8]) {
    let allowed = |byte: &u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase() && *byte != b';';
    assert!(read.iter().all(allowed) && read.iter().filter(|byte| **byte == b'/').count() == 1);
}
