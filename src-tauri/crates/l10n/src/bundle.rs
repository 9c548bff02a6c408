//! Looks a message up and fills its variables in.

use crate::{Language, duration, file_size};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

mod resources {
    include!(concat!(env!("OUT_DIR"), "/resources.rs"));
}

/// What a variable of a message can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A count: plurals follow it.
    Number(i64),
    /// Anything else, put in as it is.
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Value {
            fn from(number: $kind) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}
numbers!(u8, u32, u64, usize, i32, i64);

/// A problem in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// A few words, for one line under a preview.
    pub short: String,
    /// What happened and what to do.
    pub detail: String,
}

/// The text of a message. A message that does not exist gives its id, which a test keeps from happening.
#[must_use]
pub fn text(language: Language, id: &str, args: &[(&str, Value)]) -> String {
    filled(language, id, None, args).unwrap_or_else(|| id.to_owned())
}

/// The text of a message's attribute, when it has it.
#[must_use]
pub fn attribute(language: Language, id: &str, attribute: &str, args: &[(&str, Value)]) -> Option<String> {
    filled(language, id, Some(attribute), args)
}

/// Whether every language has the message.
#[must_use]
pub fn has(id: &str) -> bool {
    Language::ALL.iter().all(|language| bundle(*language).has_message(id))
}

/// A problem's code and arguments in words: the message `problem-<code>` and its `.detail`.
///
/// Arguments named `…_bytes` are shown as file sizes, `…_ms` as durations, `count` and `…_count` as numbers.
#[must_use]
pub fn problem(language: Language, code: &str, args: &BTreeMap<String, String>) -> Sentence {
    let id = format!("problem-{code}");
    let args: Vec<(&str, Value)> =
        args.iter().map(|(name, raw)| (name.as_str(), shown(language, name, raw))).collect();
    let short = text(language, &id, &args);
    let detail = attribute(language, &id, "detail", &args).unwrap_or_else(|| short.clone());
    Sentence { short, detail }
}

fn shown(language: Language, name: &str, raw: &str) -> Value {
    match raw.parse::<u64>() {
        Ok(bytes) if name.ends_with("_bytes") => Value::Text(file_size(language, bytes)),
        Ok(ms) if name.ends_with("_ms") => Value::Text(duration(ms)),
        Ok(count) if name == "count" || name.ends_with("_count") => Value::from(count),
        _ => Value::from(raw),
    }
}

fn filled(language: Language, id: &str, attribute: Option<&str>, args: &[(&str, Value)]) -> Option<String> {
    let bundle = bundle(language);
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(name) => message.get_attribute(name)?.value(),
        None => message.value()?,
    };
    let args: FluentArgs = args
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::Number(number) => FluentValue::from(*number),
                Value::Text(text) => FluentValue::from(text.as_str()),
            };
            (*name, value)
        })
        .collect();
    // A missing variable leaves its name in the text, which is better than no sentence at all.
    Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    static EN: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    static LT: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    match language {
        Language::En => EN.get_or_init(|| load(language, resources::EN)),
        Language::Lt => LT.get_or_init(|| load(language, resources::LT)),
    }
}

fn load(language: Language, files: &[(&str, &str)]) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = language.tag().parse().expect("the tags of our languages are valid");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that isolate directions show up as boxes in terminals and notifications.
    bundle.set_use_isolating(false);
    for (_, text) in files {
        // What parses is kept; the tests refuse a file with errors.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}
