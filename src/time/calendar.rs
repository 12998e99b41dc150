use std::fmt;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::read_day;
use crate::sorted::Map;

/// What is a weekend where nothing is said of it.
const SATURDAY_AND_SUNDAY: [u8; 2] = [6, 7];

/// Working days of a country: a week's rest days, holidays, and make-up working days.
///
/// A year that the calendar does not hold is not guessed: asking for it is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessCalendar {
    id: String,
    weekend: Vec<u8>,
    years: Map<i32, Year>,
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
    /// Not JSON of this shape.
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

/// A year as documents have it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenYear {
    /// The year in four digits.
    pub name: String,
    /// Days that are no working days: each text is `MM-DD` or `MM-DD/MM-DD`, both ends included.
    pub off: Vec<String>,
    /// Working days at the end of a week, likewise.
    pub work: Vec<String>,
}

/// The keys of an object with the text of their values. A derived reader of each form of object would take several times
/// its size in the page.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllFields;

        impl<'de> Visitor<'de> for AllFields {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields<'de>, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(AllFields)
    }
}

impl BusinessCalendar {
    /// The business days of China, 2007 to 2026, as the State Council published them.
    #[must_use]
    pub fn china() -> &'static Self {
        static CHINA: LazyLock<BusinessCalendar> = LazyLock::new(|| {
            BusinessCalendar::parse(include_str!("../../calendars/CN.json")).unwrap_or_else(|_| BusinessCalendar {
                id: String::new(),
                weekend: SATURDAY_AND_SUNDAY.to_vec(),
                years: Map::new(),
            })
        });
        &CHINA
    }

    /// Reads a document of `sla-calendar/1`.
    ///
    /// # Errors
    /// [`CalendarError`] where the document is not of that form or names days that do not exist.
    pub fn parse(json: &str) -> Result<Self, CalendarError> {
        let (mut schema, mut id, mut weekend, mut years) = (String::new(), String::new(), None, Vec::new());
        for (key, value) in object(json)? {
            match key.as_str() {
                "schema" => schema = text(value)?,
                "id" => id = text(value)?,
                "name" | "tz" | "source" => drop(text(value)?),
                "weekend" => weekend = Some(serde_json::from_str(value).map_err(shape)?),
                "years" => {
                    for (name, year) in object(value)? {
                        years.push(written_year(name, year)?);
                    }
                }
                _ => return Err(unknown(&key)),
            }
        }
        if schema != "sla-calendar/1" {
            return Err(CalendarError::Schema(schema));
        }
        Self::new(id, weekend, &years)
    }

    /// A calendar of these years. `weekend`: weekdays from 1 (Monday) to 7; Saturday and Sunday where nothing is said.
    ///
    /// # Errors
    /// [`CalendarError`] where a weekday or a day does not exist.
    pub fn new(id: String, weekend: Option<Vec<u8>>, years: &[WrittenYear]) -> Result<Self, CalendarError> {
        let mut weekend = weekend.unwrap_or_else(|| SATURDAY_AND_SUNDAY.to_vec());
        weekend.sort_unstable();
        weekend.dedup();
        if let Some(&day) = weekend.iter().find(|day| !(1..=7).contains(*day)) {
            return Err(CalendarError::Weekday(day));
        }
        let mut read = Map::new();
        for year in years {
            let (number, year) = read_year(year)?;
            read.insert(number, year);
        }
        Ok(Self { id, weekend, years: read })
    }

    /// The calendar's own name, such as `CN`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The days of the weekend (1 is Monday) and the years as [`BusinessCalendar::new`] takes them.
    #[must_use]
    pub fn written(&self) -> (&[u8], Vec<WrittenYear>) {
        let year = |(name, own): (&i32, &Year)| WrittenYear {
            name: name.to_string(),
            off: spans(&own.off),
            work: spans(&own.work),
        };
        (&self.weekend, self.years.iter().map(year).collect())
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

/// Days in order as `10-01`, those that follow each other as `10-01/10-07`.
fn spans(days: &[i32]) -> Vec<String> {
    let text = |day: i32| {
        let day = NaiveDate::from_epoch_days(day).unwrap_or_default();
        format!("{:02}-{:02}", day.month(), day.day())
    };
    let runs = days.chunk_by(|day, next| *next == day + 1);
    let ends = runs.filter_map(|run| Some((*run.first()?, *run.last()?)));
    ends.map(|(first, last)| if first == last { text(first) } else { format!("{}/{}", text(first), text(last)) })
        .collect()
}

fn object(json: &str) -> Result<Vec<(String, &str)>, CalendarError> {
    let Fields(fields) = serde_json::from_str(json).map_err(shape)?;
    Ok(fields.into_iter().map(|(key, value)| (key, value.get())).collect())
}

fn text(json: &str) -> Result<String, CalendarError> {
    serde_json::from_str(json).map_err(shape)
}

fn shape(error: serde_json::Error) -> CalendarError {
    CalendarError::Shape(error.to_string())
}

fn unknown(key: &str) -> CalendarError {
    CalendarError::Shape(format!("unknown key `{key}`"))
}

fn written_year(name: String, json: &str) -> Result<WrittenYear, CalendarError> {
    let mut year = WrittenYear { name, ..WrittenYear::default() };
    for (key, value) in object(json)? {
        match key.as_str() {
            "off" => year.off = serde_json::from_str(value).map_err(shape)?,
            "work" => year.work = serde_json::from_str(value).map_err(shape)?,
            "status" => drop(text(value)?),
            "revision" => drop(serde_json::from_str::<u32>(value).map_err(shape)?),
            _ => return Err(unknown(&key)),
        }
    }
    Ok(year)
}

fn read_year(year: &WrittenYear) -> Result<(i32, Year), CalendarError> {
    let name = &year.name;
    let number = name.parse().map_err(|_| CalendarError::Day(name.clone(), name.clone()))?;
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
