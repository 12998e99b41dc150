//! The data that all are measured on: a month of five-minute samples, and what every reader has to find in it.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Result, Write},
    path::Path,
};

/// Samples of one target in March 2026 at Shanghai: one each five minutes.
pub const SAMPLES: u64 = 8_928;
const STEP_S: u64 = 300;
/// 2026-03-01T00:00:00+08:00, in seconds.
const START_S: u64 = 1_772_294_400;
/// Outages never meet, so that their sum is also their union.
const OUTAGES: u64 = 40;
const LONGEST: u64 = 7;

/// What is true of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    pub rows: u64,
    /// Milliseconds from the first failed sample of each outage to the next good one, by target. Targets without any are absent.
    pub down_ms: BTreeMap<String, u64>,
}

/// How the samples are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `time,target,check,status,latency`, in order of time.
    Csv,
    /// The same as an object on each line.
    JsonLines,
    /// A matrix of Prometheus: target after target, without latencies.
    Prometheus,
}

/// Writes the samples.
pub fn write(path: &Path, targets: u64, form: Form) -> Result<Truth> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    match form {
        Form::Csv => {
            writeln!(file, "time,target,check,status,latency")?;
            write_rows(&mut file, targets, |file, own| {
                let Row { time, target, status, latency: (ms, tenths) } = own;
                writeln!(file, "{time},{target},ping,{status},{ms}.{tenths}")
            })?;
        }
        Form::JsonLines => write_rows(&mut file, targets, |file, own| {
            let Row { time, target, status, latency: (ms, tenths) } = own;
            let name = format_args!(r#""target":"{target}","check":"ping","status":"{status}""#);
            writeln!(file, r#"{{"time":"{time}",{name},"latency":{ms}.{tenths}}}"#)
        })?,
        Form::Prometheus => write_matrix(&mut file, targets)?,
    }
    file.flush()?;
    Ok(truth(targets))
}

/// A sample, and how long its answer took, in milliseconds and tenths of them.
struct Row<'a> {
    time: &'a str,
    target: String,
    status: &'static str,
    latency: (u64, u64),
}

fn write_rows<W: Write>(file: &mut W, targets: u64, write: impl Fn(&mut W, Row<'_>) -> Result<()>) -> Result<()> {
    for sample in 0..SAMPLES {
        let time = clock(START_S + sample * STEP_S);
        for target in 0..targets {
            let latency = (sample * 7 + target * 13) % 4_000;
            let (target, status) = (name(target), status(sample, target, targets));
            write(file, Row { time: &time, target, status, latency: (latency / 10, latency % 10) })?;
        }
    }
    Ok(())
}

fn write_matrix(file: &mut impl Write, targets: u64) -> Result<()> {
    write!(file, r#"{{"status":"success","data":{{"resultType":"matrix","result":["#)?;
    for target in 0..targets {
        let (comma, labels) = (if target == 0 { "" } else { "," }, r#""__name__":"probe_success","job":"blackbox""#);
        write!(file, r#"{comma}{{"metric":{{{labels},"instance":"{}"}},"values":["#, name(target))?;
        for sample in 0..SAMPLES {
            let comma = if sample == 0 { "" } else { "," };
            let value = match status(sample, target, targets) {
                "up" => "1",
                "down" => "0",
                _ => "NaN",
            };
            write!(file, r#"{comma}[{},"{value}"]"#, START_S + sample * STEP_S)?;
        }
        write!(file, "]}}")?;
    }
    write!(file, "]}}}}")
}

fn truth(targets: u64) -> Truth {
    let mut truth = Truth { rows: SAMPLES * targets, down_ms: BTreeMap::new() };
    for (sample, target) in (0..SAMPLES).flat_map(|sample| (0..targets).map(move |target| (sample, target))) {
        if is_down(sample, target, targets) {
            *truth.down_ms.entry(name(target)).or_default() += STEP_S * 1_000;
        }
    }
    truth
}

fn status(sample: u64, target: u64, targets: u64) -> &'static str {
    match (is_down(sample, target, targets), (sample * 31 + target * 17) % 100_003) {
        (true, _) => "down",
        (false, 0) if !around_an_outage(sample) => "unknown",
        _ => "up",
    }
}

fn name(target: u64) -> String {
    format!("target-{target:04}")
}

/// The outages stand evenly in the month, each of another target.
fn is_down(sample: u64, target: u64, targets: u64) -> bool {
    let (outage, into) = (sample / (SAMPLES / OUTAGES), sample % (SAMPLES / OUTAGES));
    let length = 2 + outage % (LONGEST - 1);
    outage * 3 % targets == target && (20..20 + length).contains(&into)
}

fn around_an_outage(sample: u64) -> bool {
    (18..22 + LONGEST).contains(&(sample % (SAMPLES / OUTAGES)))
}

/// RFC 3339 in UTC.
fn clock(at: u64) -> String {
    // March 2026 begins in UTC on the last day of February.
    let into = at - (START_S - 16 * 3_600);
    let (day, second) = (into / 86_400, into % 86_400);
    let date = if day == 0 { "2026-02-28".to_owned() } else { format!("2026-03-{day:02}") };
    format!("{date}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}
