//! Sizes and durations as people read them.

use crate::Language;

/// A file size in the decimal units that sites use: `54.8 MB`, `54,8 MB`; one too small for that in kB, so that
/// nothing is "0.0 MB". The window's `fileSize` says the same.
#[must_use]
pub fn file_size(language: Language, bytes: u64) -> String {
    const KB: u64 = 1_000;
    const TENTH: u64 = 100_000;
    if (1..TENTH / 2).contains(&bytes) {
        return format!("{} kB", ((bytes + KB / 2) / KB).max(1));
    }
    let tenths = bytes.saturating_add(TENTH / 2) / TENTH;
    let mark = match language {
        Language::En => '.',
        Language::Lt => ',',
    };
    format!("{}{mark}{} MB", tenths / 10, tenths % 10)
}

/// A duration in ms as `0:42` or `1:02:05`; a started second counts.
#[must_use]
pub fn duration(ms: u64) -> String {
    let seconds = ms.div_ceil(1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_one_decimal_in_the_languages_own_mark() {
        assert_eq!(file_size(Language::En, 54_800_000), "54.8 MB");
        assert_eq!(file_size(Language::Lt, 54_800_000), "54,8 MB");
        assert_eq!(file_size(Language::En, 380_000), "0.4 MB");
        assert_eq!(file_size(Language::En, 2_048), "2 kB");
        assert_eq!(file_size(Language::En, 12), "1 kB");
        assert_eq!(file_size(Language::En, 49_999), "50 kB");
        assert_eq!(file_size(Language::En, 50_000), "0.1 MB");
        assert_eq!(file_size(Language::En, 0), "0.0 MB");
    }

    #[test]
    fn durations_read_like_a_clock() {
        assert_eq!(duration(42_000), "0:42");
        assert_eq!(duration(41_001), "0:42");
        assert_eq!(duration(3_725_000), "1:02:05");
    }
}
