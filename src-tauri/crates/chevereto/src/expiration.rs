//! When a site deletes a file by itself.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::fields::FieldError;
use crate::time::{DAY, civil_from_days, days_from_civil, from_unix, to_unix};

const MIN_SECONDS: i64 = 5 * 60;
const YEAR_SECONDS: i64 = 365 * DAY;

/// An ISO 8601 duration from five minutes to one year.
///
/// A site takes everything it cannot read for five minutes and deletes the file, so nothing unreadable can be made
/// of this type. Sites before 4.2 know the [presets](Expiration::PRESETS) only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Expiration {
    text: String,
    months: i64,
    seconds: i64,
}

impl Expiration {
    /// What the site's own form offers, shortest first.
    pub const PRESETS: [&'static str; 23] = [
        "PT5M", "PT15M", "PT30M", "PT1H", "PT3H", "PT6H", "PT12H", "P1D", "P2D", "P3D", "P4D", "P5D", "P6D",
        "P1W", "P2W", "P3W", "P1M", "P2M", "P3M", "P4M", "P5M", "P6M", "P1Y",
    ];

    /// Reads a duration in the site's spelling: upper case, whole numbers (`P2W`, `P1DT2H`).
    ///
    /// # Errors
    /// [`FieldError`] when it is no duration, or one out of the bounds a site knows.
    pub fn parse(text: &str) -> Result<Expiration, FieldError> {
        let text = text.trim();
        let (months, seconds) = read(text).ok_or(FieldError::ExpirationUnreadable)?;
        if months == 0 && seconds < MIN_SECONDS {
            return Err(FieldError::ExpirationTooShort);
        }
        let longest = if months == 12 { YEAR_SECONDS + seconds } else { months * 31 * DAY + seconds };
        if longest > YEAR_SECONDS {
            return Err(FieldError::ExpirationTooLong);
        }
        Ok(Expiration { text: text.to_owned(), months, seconds })
    }

    /// The text that is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the site's own form offers it, so that every version of Chevereto since 4.0 knows it.
    #[must_use]
    pub fn is_preset(&self) -> bool {
        Self::PRESETS.contains(&self.as_str())
    }

    /// When a file uploaded at `start` should go, counted in the calendar (UTC) as the site counts.
    #[must_use]
    pub fn after(&self, start: SystemTime) -> SystemTime {
        let start = to_unix(start);
        let (year, month, day) = civil_from_days(start.div_euclid(DAY));
        let month = month - 1 + self.months;
        let days = days_from_civil(year + month / 12, month % 12 + 1, day);
        from_unix(days * DAY + start.rem_euclid(DAY) + self.seconds)
            .expect("a present time and at most a year is within the clock's range")
    }
}

/// Months and seconds of a duration, or `None` when PHP's `DateInterval` would refuse it.
fn read(text: &str) -> Option<(i64, i64)> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    if time.map_or(date.is_empty(), str::is_empty) {
        return None;
    }
    let [years, months, weeks, days] = units(date, ['Y', 'M', 'W', 'D'])?;
    let [hours, minutes, seconds] = units(time.unwrap_or_default(), ['H', 'M', 'S'])?;
    Some((years * 12 + months, (weeks * 7 + days) * DAY + hours * 3600 + minutes * 60 + seconds))
}

/// The numbers before the given letters, each at most once and in this order.
fn units<const N: usize>(mut text: &str, letters: [char; N]) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    for (number, letter) in numbers.iter_mut().zip(letters) {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        if let Some(rest) = text[end..].strip_prefix(letter) {
            // Eight digits are more than a year of seconds.
            *number = if (1..=8).contains(&end) { text[..end].parse().ok()? } else { return None };
            text = rest;
        }
    }
    text.is_empty().then_some(numbers)
}

impl fmt::Display for Expiration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Expiration {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Expiration::parse(text)
    }
}

impl TryFrom<String> for Expiration {
    type Error = FieldError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Expiration::parse(&text)
    }
}

impl From<Expiration> for String {
    fn from(expiration: Expiration) -> Self {
        expiration.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_gmt;

    #[test]
    fn every_preset_is_one() {
        for preset in Expiration::PRESETS {
            assert!(Expiration::parse(preset).unwrap().is_preset(), "{preset}");
        }
    }

    #[test]
    fn durations_within_the_bounds_are_taken() {
        for text in ["PT300S", "PT20M", "P1DT2H", "P2W3D", "P12M", "P365D", "P11M3W", "P0Y1D"] {
            assert_eq!(Expiration::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn nothing_unreadable_can_be_expressed() {
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "1D",
            "abc",
            "pt5m",
            "P1.5D",
            "P-1D",
            "P1DT",
            "PT1M1H",
            "P1H",
            "PT1D",
            "2 savaites",
            "2030-01-01 00:00:00",
            "300",
            "P 1D",
            "P999999999999D",
            "PD",
            "P1D2D",
        ] {
            assert_eq!(Expiration::parse(text).unwrap_err(), FieldError::ExpirationUnreadable, "{text}");
        }
        for text in ["P0D", "PT0S", "PT1M", "PT4M59S"] {
            assert_eq!(Expiration::parse(text).unwrap_err(), FieldError::ExpirationTooShort, "{text}");
        }
        for text in ["P2Y", "P100Y", "P1Y1D", "P13M", "P366D", "P53W", "P99999999D"] {
            assert_eq!(Expiration::parse(text).unwrap_err(), FieldError::ExpirationTooLong, "{text}");
        }
    }

    #[test]
    fn months_are_counted_in_the_calendar() {
        let start = parse_gmt("2026-11-25 02:53:51").unwrap();
        for (text, end) in [
            ("PT5M", "2026-11-25 02:58:51"),
            ("P1M", "2026-12-25 02:53:51"),
            ("P3M", "2027-02-25 02:53:51"),
            ("P1Y", "2027-11-25 02:53:51"),
            ("P1DT22H", "2026-11-27 00:53:51"),
        ] {
            assert_eq!(Expiration::parse(text).unwrap().after(start), parse_gmt(end).unwrap(), "{text}");
        }
    }
}
