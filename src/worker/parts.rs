//! What was read of a file, taken apart for the way to the page and put together there: it answers between two parts.

use super::protocol::Report;
use crate::record::Record;

/// Series of so many bytes go together; one that takes more goes alone.
const PART_BYTES: usize = 1 << 18;

/// The report, after parts with its series where it has any.
#[must_use]
pub fn apart(mut report: Report) -> Vec<Report> {
    let mut parts = Vec::new();
    if let Some(record) = record(&mut report) {
        let (mut part, mut bytes) = (Record::default(), 0);
        for (key, series) in std::mem::take(&mut record.series) {
            bytes += series.bytes();
            part.series.insert(key, series);
            if bytes >= PART_BYTES {
                parts.push(Report::Part(Box::new(std::mem::take(&mut part))));
                bytes = 0;
            }
        }
        record.series = part.series;
    }
    parts.push(report);
    parts
}

/// What has come so far of the record of a file: some of its series.
#[derive(Debug, Default)]
pub struct Parts(Record);

impl Parts {
    /// The report as it was before it was taken apart; `None` as long as more of it is to come.
    pub fn put(&mut self, mut report: Report) -> Option<Report> {
        if let Some(record) = record(&mut report) {
            self.0.add_series(std::mem::take(&mut record.series));
        }
        match report {
            Report::Part(_) => None,
            Report::File { name, mut outcome } => {
                // Also where the file was refused: nothing of it goes to the next one.
                let series = std::mem::take(&mut self.0.series);
                if let Ok(imported) = outcome.as_mut() {
                    imported.record.series = series;
                }
                Some(Report::File { name, outcome })
            }
            report => Some(report),
        }
    }
}

fn record(report: &mut Report) -> Option<&mut Record> {
    match report {
        Report::Part(part) => Some(part),
        Report::File { outcome, .. } => outcome.as_mut().as_mut().ok().map(|imported| &mut imported.record),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Options, Reader};
    use crate::worker::protocol::Failure;

    fn report(targets: usize, samples: usize) -> Report {
        let mut rows = String::from("time,target,status,latency_ms\n");
        for sample in 0..samples {
            for target in 0..targets {
                let status = if sample % 2 == 0 { "up" } else { "down" };
                let (minute, day) = (sample % 60, 1 + sample / 60);
                rows += &format!("2026-03-{day:02}T00:{minute:02}:00Z,rack-{target},{status},{}\n", sample * target);
            }
        }
        let mut reader = Reader::new("racks.csv", Options::default());
        let read = reader.push(rows.as_bytes()).and_then(|()| reader.finish());
        Report::File { name: "racks.csv".to_owned(), outcome: Box::new(read.map_err(Failure::Refused)) }
    }

    #[test]
    fn a_file_is_put_together_as_it_was() {
        let whole = report(40, 1_200);
        let parts = apart(whole.clone());
        assert!(parts.len() > 3, "{} parts", parts.len());
        let mut so_far = Parts::default();
        let put: Vec<Report> = parts.into_iter().filter_map(|part| so_far.put(part)).collect();
        assert_eq!(put, [whole]);
        assert!(so_far.0.series.is_empty(), "nothing is left for the next file");
    }

    #[test]
    fn nothing_of_a_file_goes_to_the_next() {
        let mut so_far = Parts::default();
        let refused =
            Report::File { name: "racks.csv".to_owned(), outcome: Box::new(Err(Failure::Stopped(String::new()))) };
        let Report::File { outcome, .. } = report(3, 100) else { return };
        let ahead = outcome.map(|imported| Report::Part(Box::new(imported.record)));
        let so_many = ahead.iter().filter(|part| so_far.put((*part).clone()).is_none()).count();
        assert_eq!((so_many, so_far.0.series.len()), (1, 3));
        let files = [refused, report(30, 1_200), report(2, 3), report(0, 0)];
        let put: Vec<Report> = files.iter().cloned().flat_map(apart).filter_map(|part| so_far.put(part)).collect();
        assert_eq!(put, files);
    }
}
