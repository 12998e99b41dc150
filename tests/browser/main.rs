//! The viewer as a person uses it, in real browsers: the hosted page and the single file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]
#![allow(dead_code, reason = "the harness is a small language; not every test program says every word of it")]

mod accessibility;
mod agreement;
mod alone;
mod broken_worker;
mod charts;
mod colours;
mod filter;
mod focus;
mod harness;
mod keyboard;
mod leaks;
mod main_job;
mod mapping;
mod opening;
mod outage;
mod page_breaks;
mod paper;
mod photocopy;
mod pictures;
mod policy;
mod printing;
mod recent;
mod report;
mod samples;
mod settlement;
mod site;
mod start;
mod term;
mod turns;
mod under_fire;
mod verify;
