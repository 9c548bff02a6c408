//! Sizes and durations as people read them.

use crate::Language;

/// A file size in the decimal units that sites use: `54.8 MB`, `54,8 MB`; small ones in kB or B, so that nothing is
/// "0.0 MB". The window's `fileSize` says the same.
#[must_use]
pub fn file_size(language: Language, bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000_000;
    const GB: u64 = 1_000_000_000;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..100_000 => format!("{} kB", (bytes + KB / 2) / KB),
        100_000..999_950_000 => tenths(language, bytes, MB, "MB"),
        _ => tenths(language, bytes, GB, "GB"),
    }
}

fn tenths(language: Language, bytes: u64, unit: u64, name: &str) -> String {
    let tenths = bytes.saturating_add(unit / 20) / (unit / 10);
    let mark = match language {
        Language::En => '.',
        Language::Lt => ',',
    };
    format!("{}{mark}{} {name}", tenths / 10, tenths % 10)
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
        assert_eq!(file_size(Language::En, 12), "12 B");
        assert_eq!(file_size(Language::En, 999_960_000), "1.0 GB");
    }

    #[test]
    fn durations_read_like_a_clock() {
        assert_eq!(duration(42_000), "0:42");
        assert_eq!(duration(41_001), "0:42");
        assert_eq!(duration(3_725_000), "1:02:05");
    }
}
