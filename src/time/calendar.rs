use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::read_day;

/// Working days of a country: a week's rest days, holidays, and make-up working days.
///
/// A year that the calendar does not hold is not guessed: asking for it is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessCalendar {
    id: String,
    weekend: BTreeSet<u8>,
    years: BTreeMap<i32, Year>,
}

/// Days since 1970-01-01, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Year {
    off: Vec<i32>,
    work: Vec<i32>,
}

/// The calendar holds no days of this year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("calendar missing {0}")]
pub struct YearMissing(pub i32);

/// What is wrong with a document of `sla-calendar/1`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not JSON of this shape; the text is serde's own, with line and column.
    #[error("{0}")]
    Shape(String),
    /// `schema` names another format.
    #[error("schema is `{0}`, expected `sla-calendar/1`")]
    Schema(String),
    /// A weekday outside 1 (Monday) to 7 (Sunday).
    #[error("weekday {0} is not 1 (Monday) to 7 (Sunday)")]
    Weekday(u8),
    /// A year or a day that does not exist.
    #[error("`{0}` is not a day or span of days of {1}")]
    Day(String, String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    #[serde(default)]
    id: String,
    #[serde(default, rename = "name")]
    _name: String,
    #[serde(default, rename = "tz")]
    _tz: String,
    #[serde(default = "saturday_and_sunday")]
    weekend: BTreeSet<u8>,
    #[serde(default, rename = "source")]
    _source: String,
    #[serde(default)]
    years: BTreeMap<String, DocumentYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentYear {
    #[serde(default, rename = "status")]
    _status: String,
    #[serde(default, rename = "revision")]
    _revision: u32,
    #[serde(default)]
    off: Vec<String>,
    #[serde(default)]
    work: Vec<String>,
}

fn saturday_and_sunday() -> BTreeSet<u8> {
    BTreeSet::from([6, 7])
}

impl BusinessCalendar {
    /// The business days of China, 2007 to 2026, as the State Council published them.
    #[must_use]
    pub fn china() -> &'static Self {
        static CHINA: LazyLock<BusinessCalendar> = LazyLock::new(|| {
            BusinessCalendar::parse(include_str!("../../calendars/CN.json")).unwrap_or_else(|_| BusinessCalendar {
                id: String::new(),
                weekend: saturday_and_sunday(),
                years: BTreeMap::new(),
            })
        });
        &CHINA
    }

    /// Reads a document of `sla-calendar/1`.
    ///
    /// # Errors
    /// [`CalendarError`] where the document is not of that form or names days that do not exist.
    pub fn parse(json: &str) -> Result<Self, CalendarError> {
        let document: Document = serde_json::from_str(json).map_err(|error| CalendarError::Shape(error.to_string()))?;
        if document.schema != "sla-calendar/1" {
            return Err(CalendarError::Schema(document.schema));
        }
        if let Some(&day) = document.weekend.iter().find(|day| !(1..=7).contains(*day)) {
            return Err(CalendarError::Weekday(day));
        }
        let years = document.years.into_iter().map(|(name, year)| read_year(&name, &year)).collect::<Result<_, _>>()?;
        Ok(Self { id: document.id, weekend: document.weekend, years })
    }

    /// The calendar's own name, such as `CN`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether `day` is a working day.
    ///
    /// # Errors
    /// [`YearMissing`] where the calendar does not hold that year.
    pub fn is_working_day(&self, day: NaiveDate) -> Result<bool, YearMissing> {
        let year = self.years.get(&day.year()).ok_or(YearMissing(day.year()))?;
        let weekday = u8::try_from(day.weekday().number_from_monday()).unwrap_or(0);
        let within = |days: &[i32]| days.binary_search(&day.to_epoch_days()).is_ok();
        Ok(within(&year.work) || !(within(&year.off) || self.weekend.contains(&weekday)))
    }

    /// `day` itself where it is a working day, else the next one.
    ///
    /// # Errors
    /// [`YearMissing`] where the search reaches a year that the calendar does not hold.
    pub fn working_day_from(&self, mut day: NaiveDate) -> Result<NaiveDate, YearMissing> {
        while !self.is_working_day(day)? {
            day = day.checked_add_days(Days::new(1)).ok_or(YearMissing(day.year()))?;
        }
        Ok(day)
    }

    /// The `count`-th working day after `day`, which is itself not counted.
    ///
    /// # Errors
    /// [`YearMissing`] where the search reaches a year that the calendar does not hold.
    pub fn nth_working_day_after(&self, mut day: NaiveDate, count: u32) -> Result<NaiveDate, YearMissing> {
        for _ in 0..count {
            let next = day.checked_add_days(Days::new(1)).ok_or(YearMissing(day.year()))?;
            day = self.working_day_from(next)?;
        }
        Ok(day)
    }
}

fn read_year(name: &str, year: &DocumentYear) -> Result<(i32, Year), CalendarError> {
    let number = name.parse().map_err(|_| CalendarError::Day(name.to_owned(), name.to_owned()))?;
    Ok((number, Year { off: read_days(name, &year.off)?, work: read_days(name, &year.work)? }))
}

/// Each text is `MM-DD` or `MM-DD/MM-DD`, both ends included.
fn read_days(year: &str, texts: &[String]) -> Result<Vec<i32>, CalendarError> {
    let mut days = Vec::new();
    for text in texts {
        let error = || CalendarError::Day(text.to_owned(), year.to_owned());
        let day = |part: &str| read_day(&format!("{year}-{part}")).map(|day| day.to_epoch_days()).ok_or_else(error);
        let (first, last) = text.split_once('/').unwrap_or((text, text));
        let (first, last) = (day(first)?, day(last)?);
        if first > last {
            return Err(error());
        }
        days.extend(first..=last);
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}
