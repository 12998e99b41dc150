//! Numbers, durations and dates as a reader of each language expects them. No rounding up, no host locale.

use chrono::{Datelike, NaiveDate, Timelike};

use super::Locale;
use crate::time::{HOUR_MS, Instant, LocalMonth, MINUTE_MS, SECOND_MS, Zone};

/// A duration as minutes and seconds, `45:00`, `150:07`, milliseconds only where they are not zero.
#[must_use]
pub fn clock(ms: i64) -> String {
    let (sign, ms) = if ms < 0 { ("−", -ms) } else { ("", ms) };
    let (minutes, seconds, rest) = (ms / MINUTE_MS, ms % MINUTE_MS / SECOND_MS, ms % SECOND_MS);
    let tail = if rest == 0 { String::new() } else { format!(".{rest:03}").trim_end_matches('0').to_owned() };
    format!("{sign}{minutes}:{seconds:02}{tail}")
}

/// A duration in words: 3 小時 5 分, 40 s.
#[must_use]
pub fn duration(ms: i64, locale: Locale) -> String {
    let units = match locale {
        Locale::ZhHant => ["小時", "分", "秒"],
        Locale::ZhHans => ["小时", "分", "秒"],
        Locale::En => ["h", "min", "s"],
    };
    let (hours, minutes, rest) = (ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS, ms % MINUTE_MS);
    let seconds = clock(rest).trim_start_matches("0:").trim_start_matches('0').to_owned();
    let seconds = if seconds.is_empty() || seconds.starts_with('.') { format!("0{seconds}") } else { seconds };
    let parts = [(hours > 0).then(|| hours.to_string()), (minutes > 0).then(|| minutes.to_string()), Some(seconds)];
    let nothing_else = hours == 0 && minutes == 0;
    let shown: Vec<String> = parts
        .into_iter()
        .zip(units)
        .filter_map(|(part, unit)| part.filter(|part| part != "0" || nothing_else).map(|part| format!("{part} {unit}")))
        .collect();
    shown.join(" ")
}

/// A local day: 2026年3月1日, 1 March 2026.
#[must_use]
pub fn date(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::ZhHant | Locale::ZhHans => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Locale::En => format!("{} {} {}", day.day(), english(day.month()), day.year()),
    }
}

/// A month: 2026年3月, March 2026.
#[must_use]
pub fn month(month: LocalMonth, locale: Locale) -> String {
    match locale {
        Locale::ZhHant | Locale::ZhHans => format!("{}年{}月", month.year(), month.month()),
        Locale::En => format!("{} {}", english(month.month()), month.year()),
    }
}

/// The name of a month, 1 to 12. Written out here, because chrono's names come with every form of time that it knows.
fn english(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month).ok().and_then(|month| NAMES.get(month.checked_sub(1)?)).copied().unwrap_or_default()
}

/// An instant as the clocks of `zone` show it, `2026-03-08 23:50:00`, the same in every language; milliseconds only where
/// they are not zero. The zone itself is said once, elsewhere.
#[must_use]
pub fn instant(at: Instant, zone: Zone) -> String {
    let local = zone.local(at);
    let (day, ms) = (local.date(), local.and_utc().timestamp_subsec_millis());
    let clock = format!("{day} {:02}:{:02}:{:02}", local.hour(), local.minute(), local.second());
    if ms == 0 { clock } else { format!("{clock}.{ms:03}") }
}
