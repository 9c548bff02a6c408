//! Civil dates, as far as a site's answers and durations need them. All in UTC.

use std::time::{Duration, SystemTime};

pub(crate) const DAY: i64 = 86_400;

/// Days from 1970-01-01 to a date of the Gregorian calendar. A day beyond the month's end runs into the next month.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`]: year, month, day.
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// Seconds since 1970 as a time; `None` out of the clock's range.
pub(crate) fn from_unix(seconds: i64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?))
}

/// Seconds since 1970, negative ones as zero.
pub(crate) fn to_unix(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// A time as sites write it: `2026-11-25 02:53:51`.
pub(crate) fn parse_gmt(text: &str) -> Option<SystemTime> {
    let (date, clock) = text.trim().split_once([' ', 'T'])?;
    let [year, month, day] = three(date, '-')?;
    let seconds = clock_seconds(clock.trim_end_matches('Z'))?;
    from_civil(year, month, day, seconds)
}

fn from_civil(year: i64, month: i64, day: i64, seconds: i64) -> Option<SystemTime> {
    let real = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if real { from_unix(days_from_civil(year, month, day) * DAY + seconds) } else { None }
}

fn clock_seconds(text: &str) -> Option<i64> {
    let [hours, minutes, seconds] = three(text, ':')?;
    let real = (0..24).contains(&hours) && (0..60).contains(&minutes) && (0..=60).contains(&seconds);
    real.then_some(hours * 3600 + minutes * 60 + seconds)
}

fn three(text: &str, between: char) -> Option<[i64; 3]> {
    let mut parts = text.split(between).map(|part| part.parse::<i64>().ok());
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_sites_write_them() {
        let time = from_unix(1_795_575_231);
        assert_eq!(parse_gmt("2026-11-25 02:53:51"), time);
        for text in ["", "0000-00-00 00:00:00", "2026-13-01 00:00:00", "2026-01-01", "2026-01-01 24:00:00"] {
            assert_eq!(parse_gmt(text), None, "{text}");
        }
    }

    #[test]
    fn dates_go_there_and_back() {
        for days in (0..60_000).step_by(13) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
        assert_eq!(civil_from_days(days_from_civil(2026, 2, 29)), (2026, 3, 1));
    }
}
