//! A month of many targets: assessed, and as a statement.

use sla_statement::assess::assess;
use sla_statement::i18n::Locale;
use sla_statement::import::join;
use sla_statement::paper;
use sla_statement::record::{Record, Sample, SampleState, Series, SeriesKey};
use sla_statement::statement::Statement;
use sla_statement::statement::result::ResultDocument;

use crate::case::{SAMPLES, START_S, STEP_S, at, is_down, march, read};
use crate::{Amount, Bench, Subject};

const TARGETS: i64 = 1_000;

fn record(targets: i64) -> Record {
    let mut record = Record::default();
    for target in 0..targets {
        let mut series = Series::default();
        for sample in 0..SAMPLES {
            let state = if is_down(sample, target) { SampleState::Down } else { SampleState::Up };
            series.push(Sample { at: at(START_S + sample * STEP_S), state });
        }
        let key = SeriesKey { target: format!("target-{target:04}"), ..SeriesKey::default() };
        record.series.insert(key, series);
    }
    record
}

/// The demo: a customer's month with a contract, applications, power and cases of every kind.
fn demo() -> Record {
    let files = sla_statement::demo::files();
    join(files.iter().map(|(_, bytes)| read(bytes).record)).expect("files of one case").record
}

pub fn measure(bench: &mut Bench) {
    let record = record(TARGETS);
    let assessment = assess(&record, march()).expect("a month");
    let outages = assessment.guarantees[0].measured().expect("figures").outages.len() as i64;
    // Those that meet are one.
    assert!((TARGETS / 5..=2 * TARGETS + 1).contains(&outages), "{outages} outages");
    let subject = |name, label: &str, amount| Subject { group: "month", name, label: label.into(), amount };
    let label = format!("a month of {TARGETS} targets with two outages each assessed");
    bench.measure(subject("assess", &label, Amount::Things(1, "months")), || assess(&record, march()).unwrap());
    let demo = demo();
    let assessment = assess(&demo, march()).expect("the demo's month");
    let digest = ResultDocument::new(&demo, &assessment).digest().to_owned();
    let months = |label, name| subject(name, label, Amount::Things(1, "months"));
    bench.measure(months("the demo's month assessed", "assess_demo"), || assess(&demo, march()).unwrap());
    bench.measure(months("its result as JSON, with the digest", "result"), || {
        ResultDocument::new(&demo, &assessment).text()
    });
    let statement = || Statement::new(&demo, &assessment, &digest, Locale::ZhHant);
    let pages = paper::sheets_once(&statement()).html();
    assert!(pages.len() > 10_000, "a statement of {} bytes", pages.len());
    bench.measure(months("its statement as HTML", "statement"), || paper::sheets_once(&statement()).html());
}
