//! The one place where this program reads a clock of the browser's.

use crate::time::Instant;

/// The present time in milliseconds, to measure how long something takes.
pub fn milliseconds() -> i64 {
    js_sys::Date::now() as i64
}

/// The present time, cut down to the second.
pub fn now() -> Instant {
    // Date.now() is a whole number of milliseconds.
    Instant::from_epoch_ms(js_sys::Date::now() as i64).unwrap_or(Instant::MIN).whole_second()
}
