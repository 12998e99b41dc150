//! How long processors worked: what else the machine does at the time counts little, which by the clock it does not.

use std::fs;

use criterion::measurement::{Measurement, ValueFormatter, WallTime};

/// Nanoseconds that this thread and the processes that it waited for were worked on. Linux says so.
pub struct ProcessorTime;

/// In the times of processes Linux counts hundredths of a second.
const TICK_NS: u64 = 10_000_000;

impl ProcessorTime {
    fn now() -> u64 {
        let thread =
            fs::read_to_string("/proc/thread-self/schedstat").expect("Linux, which says how long a thread worked");
        let own: u64 = thread.split(' ').next().unwrap().parse().unwrap();
        let process = fs::read_to_string("/proc/self/stat").unwrap();
        // Behind the name, which is in brackets, the 14th and 15th field are those of the children.
        let fields: Vec<&str> = process.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let children: u64 = fields[13..15].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum();
        own + children * TICK_NS
    }
}

impl Measurement for ProcessorTime {
    type Intermediate = u64;
    type Value = u64;

    fn start(&self) -> u64 {
        Self::now()
    }

    fn end(&self, begun: u64) -> u64 {
        Self::now() - begun
    }

    fn add(&self, one: &u64, other: &u64) -> u64 {
        one + other
    }

    fn zero(&self) -> u64 {
        0
    }

    fn to_f64(&self, value: &u64) -> f64 {
        *value as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}
