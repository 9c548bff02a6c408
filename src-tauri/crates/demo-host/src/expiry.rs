//! When a file goes: ISO 8601 durations as PHP reads them, clamped to five minutes and one year.

use time::{Date, Duration, Month, OffsetDateTime};

use crate::settings::Mode;

/// The 23 choices of the web form. Sites before 4.2 know only these.
pub(crate) const PRESETS: [&str; 23] = [
    "PT5M", "PT15M", "PT30M", "PT1H", "PT3H", "PT6H", "PT12H", "P1D", "P2D", "P3D", "P4D", "P5D", "P6D",
    "P1W", "P2W", "P3W", "P1M", "P2M", "P3M", "P4M", "P5M", "P6M", "P1Y",
];

/// When a file stored at `now` (seconds since 1970) with this wish goes. `None` is never.
pub(crate) fn expires(wish: &str, now: i64, mode: Mode) -> Option<i64> {
    if wish.is_empty() || wish == "0" {
        return None;
    }
    match mode {
        Mode::V3 => None,
        Mode::V40 | Mode::V41 => match wish.parse::<i64>() {
            // Seconds are rounded down to a preset.
            Ok(seconds) => PRESETS.iter().rev().filter_map(|p| add(p, now)).find(|at| at - now <= seconds),
            Err(_) => PRESETS.contains(&wish).then(|| add(wish, now)).flatten(),
        },
        Mode::V42 | Mode::V43 | Mode::V44 => {
            let soonest = now + 5 * 60;
            let latest = add("P1Y", now).unwrap_or(i64::MAX);
            let wished = match wish.trim().parse::<i64>() {
                Ok(seconds) => Some(now.saturating_add(seconds)),
                Err(_) => add(wish.trim(), now),
            };
            // What cannot be read means five minutes, as on a real site.
            Some(wished.unwrap_or(soonest).clamp(soonest, latest))
        }
    }
}

/// `now` plus a duration of the strict form `P1Y2M3W4DT5H6M7S`. `None` when it is anything else.
fn add(duration: &str, now: i64) -> Option<i64> {
    let text = duration.strip_prefix('P')?;
    let (days, clock) = match text.split_once('T') {
        Some((days, clock)) if !clock.is_empty() => (days, clock),
        Some(_) => return None,
        None => (text, ""),
    };
    if days.is_empty() && clock.is_empty() {
        return None;
    }
    let [years, months, weeks, days] = numbers(days, ['Y', 'M', 'W', 'D'])?;
    let [hours, minutes, seconds] = numbers(clock, ['H', 'M', 'S'])?;
    let Some(moved) = add_months(now, years.checked_mul(12)?.checked_add(months)?) else {
        // So far away that no calendar holds it: the caller's limit decides.
        return Some(i64::MAX);
    };
    let seconds = [(weeks, 604_800), (days, 86_400), (hours, 3_600), (minutes, 60), (seconds, 1)]
        .iter()
        .fold(0i64, |sum, (count, unit)| sum.saturating_add(count.saturating_mul(*unit)));
    Some(moved.saturating_add(seconds))
}

/// Numbers before their letters; each letter at most once and in order.
fn numbers<const N: usize>(mut text: &str, letters: [char; N]) -> Option<[i64; N]> {
    let mut values = [0; N];
    for (value, letter) in values.iter_mut().zip(letters) {
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        if digits > 0 && text[digits..].starts_with(letter) {
            *value = text[..digits].parse().ok()?;
            text = &text[digits + 1..];
        }
    }
    text.is_empty().then_some(values)
}

/// As PHP does: the 31st of a month that has no 31st becomes a day of the next.
fn add_months(now: i64, months: i64) -> Option<i64> {
    let at = OffsetDateTime::from_unix_timestamp(now).ok()?;
    let total =
        i64::from(at.year()).checked_mul(12)?.checked_add(i64::from(u8::from(at.month())) - 1 + months)?;
    let month = Month::try_from(u8::try_from(total.rem_euclid(12) + 1).ok()?).ok()?;
    let first = Date::from_calendar_date(i32::try_from(total.div_euclid(12)).ok()?, month, 1).ok()?;
    let date = first.checked_add(Duration::days(i64::from(at.day()) - 1))?;
    Some(at.replace_date(date).unix_timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_575_260;

    #[test]
    fn clamped_and_forgiving_as_recorded() {
        let after = |wish| expires(wish, NOW, Mode::V42).map(|at| at - NOW);
        for five_minutes in [
            "PT5M",
            "PT1M",
            "300",
            "60",
            "5",
            "-5",
            "abc",
            "pt5m",
            "P",
            "P0D",
            "PT0S",
            "P1.5D",
            "300.5",
            "2030-01-01 00:00:00",
        ] {
            assert_eq!(after(five_minutes), Some(300), "{five_minutes}");
        }
        assert_eq!(after("PT20M"), Some(1_200));
        assert_eq!(after("P1DT2H"), Some(93_600));
        assert_eq!(after(" P1D"), Some(86_400));
        assert_eq!(after("P1W"), Some(604_800));
        for year in ["P1Y", "P2Y", "P100Y", "99999999", "P99999999999999999Y"] {
            assert_eq!(after(year), Some(365 * 86_400), "{year}");
        }
        assert_eq!(after("0"), None);
        assert_eq!(after(""), None);
    }

    #[test]
    fn before_4_2_only_presets_count() {
        assert_eq!(expires("P1DT2H", NOW, Mode::V41), None);
        assert_eq!(expires("P3D", NOW, Mode::V41), Some(NOW + 3 * 86_400));
        assert_eq!(expires("4000", NOW, Mode::V41), Some(NOW + 3_600));
    }

    #[test]
    fn a_short_month_runs_over() {
        // 31 January 2026 and a month is 3 March.
        assert_eq!(add("P1M", 1_769_817_600), Some(1_772_496_000));
    }
}
