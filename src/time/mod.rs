//! Instants, half-open intervals, months in a zone, business days.

mod calendar;
mod instant;
mod interval;
mod zone;

pub use calendar::{BusinessCalendar, CalendarError, YearMissing};
pub use instant::{DAY_MS, HOUR_MS, Instant, InstantError, MINUTE_MS, SECOND_MS};
pub use interval::{Interval, IntervalSet};
pub use zone::{LocalMonth, LocalReading, MonthError, TZDB_VERSION, Zone, ZoneError};
