//! Each part of the engine by itself, on small inputs that are made here: how many bytes, months or customers a second.
//!
//! `make bench` runs it and writes the medians into `docs/performance.md`; `cargo bench --bench engine -- NAME` measures
//! only what is called so, and writes nothing. Every input is read and looked at once before it is measured.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod batch;
mod case;
mod json;
mod month;
mod nagios_log;
mod processor_time;
mod samples_csv;
mod table;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use processor_time::ProcessorTime;

/// What is measured, and what there is in it to be counted.
pub struct Subject {
    /// The group and the name under which criterion keeps it.
    pub group: &'static str,
    pub name: &'static str,
    /// What the table calls it.
    pub label: String,
    pub amount: Amount,
}

/// What one round goes through.
#[derive(Clone, Copy)]
pub enum Amount {
    Bytes(u64),
    /// So many of the things of that name.
    Things(u64, &'static str),
}

/// Measures one subject after the other, and remembers them for the table.
pub struct Bench {
    criterion: Criterion<ProcessorTime>,
    subjects: Vec<Subject>,
}

impl Bench {
    /// Measures `work`, whose result is looked at so that it is not left out.
    pub fn measure<R>(&mut self, subject: Subject, mut work: impl FnMut() -> R) {
        let mut group = self.criterion.benchmark_group(subject.group);
        group.throughput(match subject.amount {
            Amount::Bytes(bytes) => Throughput::Bytes(bytes),
            Amount::Things(count, _) => Throughput::Elements(count),
        });
        group.bench_function(BenchmarkId::from_parameter(subject.name), |bencher| bencher.iter(&mut work));
        group.finish();
        self.subjects.push(subject);
    }
}

fn main() {
    let criterion = Criterion::default()
        .with_measurement(ProcessorTime)
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut bench = Bench { criterion, subjects: Vec::new() };
    samples_csv::measure(&mut bench);
    json::measure(&mut bench);
    nagios_log::measure(&mut bench);
    month::measure(&mut bench);
    batch::measure(&mut bench);
    bench.criterion.final_summary();
    // `cargo bench` passes `--bench`; whoever says more asks for a part of it.
    if std::env::args().skip(1).all(|argument| argument == "--bench") {
        table::write(&bench.subjects);
    }
}
