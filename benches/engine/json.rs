//! Prometheus' answers as JSON, beside serde_json into types that are made for them and nothing else.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::case::{SAMPLES, START_S, STEP_S, contents, fingerprint, is_down, read};
use crate::{Amount, Bench, Subject};

const TARGETS: i64 = 20;

fn text() -> String {
    let mut text = r#"{"status":"success","data":{"resultType":"matrix","result":["#.to_owned();
    for target in 0..TARGETS {
        let comma = if target == 0 { "" } else { "," };
        let labels = r#""__name__":"probe_success","job":"blackbox""#;
        let _ = write!(text, r#"{comma}{{"metric":{{{labels},"instance":"target-{target:04}"}},"values":["#);
        for sample in 0..SAMPLES {
            let comma = if sample == 0 { "" } else { "," };
            let value = if is_down(sample, target) { 0 } else { 1 };
            let _ = write!(text, r#"{comma}[{}.781,"{value}"]"#, START_S + sample * STEP_S);
        }
        text.push_str("]}");
    }
    text.push_str("]}}");
    text
}

#[derive(Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    result: Vec<Series>,
}

#[derive(Deserialize)]
struct Series {
    metric: BTreeMap<String, String>,
    values: Vec<(f64, String)>,
}

/// Failed samples by target, as somebody would write it who needs nothing else.
fn tally(text: &str) -> BTreeMap<String, usize> {
    let answer: Answer = serde_json::from_str(text).unwrap();
    let down = |values: &[(f64, String)]| values.iter().filter(|(at, value)| *at > 0.0 && value == "0").count();
    answer.data.result.iter().map(|own| (own.metric["instance"].clone(), down(&own.values))).collect()
}

pub fn measure(bench: &mut Bench) {
    let text = text();
    let imported = read(text.as_bytes());
    assert_eq!(imported.rejected.len(), 0);
    let found = imported.record.series.iter().map(|(key, series)| {
        let down = series.samples().filter(|sample| sample.state == sla_statement::record::SampleState::Down);
        (key.target.clone(), down.count())
    });
    assert_eq!(found.collect::<BTreeMap<_, _>>(), tally(&text));
    let (known, amount) = (fingerprint(text.as_bytes()), Amount::Bytes(text.len() as u64));
    let subject = |name, label: &str| Subject { group: "read", name, label: label.into(), amount };
    bench.measure(subject("prometheus", "Prometheus JSON"), || contents(text.as_bytes(), known));
    bench.measure(subject("prometheus_serde", "the same, serde_json into types, failed samples counted"), || {
        tally(&text)
    });
}
