//! Instants, half-open intervals, months in a zone, business days.

mod calendar;
pub mod day;
mod instant;
mod interval;
mod tzdb;
mod zone;

pub use calendar::{BusinessCalendar, CalendarError, WrittenYear, YearMissing};
pub use day::read_day;
pub use instant::{DAY_MS, HOUR_MS, Instant, InstantError, MINUTE_MS, SECOND_MS};
pub use interval::{Interval, IntervalSet};
pub use tzdb::TZDB_VERSION;
pub use zone::{LocalMonth, LocalReading, MonthError, Zone, ZoneError};
