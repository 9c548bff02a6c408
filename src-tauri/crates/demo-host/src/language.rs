//! The language of a refusal: four sentences are translated on a real site, all others are English (FACTS §1).

use crate::{Language, Settings};

/// By the sender's `Accept-Language` where the site allows it and has that language, else the site's own.
pub(crate) fn chosen(settings: &Settings, accept: Option<&str>) -> Language {
    let accept = accept.filter(|_| settings.auto_language).unwrap_or_default();
    let mut wishes: Vec<(f32, Language)> = accept.split(',').filter_map(wish).collect();
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
    wishes.first().map_or(settings.language, |(_, language)| *language)
}

/// `lt-LT;q=0.9`: how much it is wanted, and which language it is.
fn wish(part: &str) -> Option<(f32, Language)> {
    let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let language = match tag.trim().split('-').next()?.to_ascii_lowercase().as_str() {
        "en" => Language::English,
        "lt" => Language::Lithuanian,
        "de" => Language::German,
        _ => return None,
    };
    Some((weight.trim().strip_prefix("q=")?.parse().ok()?, language))
}

/// The sentence in a language, as it was recorded; where none was, in words of our own. What is not translated
/// stays as it is, and so does Lithuanian's "Duplicated upload", for which the real site has no words either.
pub(crate) fn translated(language: Language, english: String) -> String {
    if language == Language::English {
        return english;
    }
    if let Some((limit, window)) = flood(&english) {
        return match language {
            Language::Lithuanian => {
                format!("Aptiktas piktnaudžiavimas. Galite įkelti tik {limit} paveiksl. per {window}")
            }
            _ => format!("Zu viele Uploads. Möglich: {limit} Bild(er) pro {window}"),
        };
    }
    let words = match (english.as_str(), language) {
        ("Duplicated upload", Language::German) => "Doppelt hochgeladen",
        ("Request denied", Language::German) => "Anfrage abgelehnt",
        ("Request denied", Language::Lithuanian) => "Užklausa atmesta",
        ("No space left on storage", Language::German) => "Kein Platz mehr im Speicher",
        ("No space left on storage", Language::Lithuanian) => "Saugykloje nebeliko vietos",
        _ => return english,
    };
    words.to_owned()
}

/// Limit and window in "Flooding detected. …".
fn flood(english: &str) -> Option<(&str, &str)> {
    let (limit, rest) =
        english.strip_prefix("Flooding detected. You can only upload ")?.split_once(" image")?;
    Some((limit, rest.rsplit(' ').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_the_sender_wants_most() {
        let mut settings = Settings { language: Language::German, ..Settings::default() };
        let chosen_for = |settings: &Settings, accept: &str| chosen(settings, Some(accept));
        assert_eq!(chosen_for(&settings, "lt-LT,lt;q=0.9"), Language::Lithuanian);
        assert_eq!(chosen_for(&settings, "fr, de;q=0.2, en;q=0.8"), Language::English);
        assert_eq!(chosen_for(&settings, "fr"), Language::German);
        assert_eq!(chosen(&settings, None), Language::German);
        settings.auto_language = false;
        assert_eq!(chosen_for(&settings, "lt"), Language::German);
    }

    #[test]
    fn the_site_is_not_translated_any_further() {
        let lithuanian = |text: &str| translated(Language::Lithuanian, text.to_owned());
        assert_eq!(
            lithuanian("Flooding detected. You can only upload 50 images per hour"),
            "Aptiktas piktnaudžiavimas. Galite įkelti tik 50 paveiksl. per hour"
        );
        assert_eq!(lithuanian("Invalid API key."), "Invalid API key.");
    }
}
