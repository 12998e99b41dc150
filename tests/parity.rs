//! The same record gives the same digest natively and in a browser: this file is compiled and run for both
//! (`make test` runs it a second time as wasm in headless Chromium).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use case::examples;
use sla_statement::assess::{Question, assess};
use sla_statement::demo;
use sla_statement::import::{Options, Reader};
use sla_statement::record::Record;
use sla_statement::statement::result::ResultDocument;
use sla_statement::time::Instant;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// One line for each case: its name and its digest. A changed line means that a figure, a policy key or the form of the
/// result changed: every statement printed before then verifies with the version that printed it only.
const DIGESTS: &str = include_str!("agreement/digests.txt");

fn digest(record: &Record, month: &str, as_of: Instant) -> String {
    let question = Question { month: case::month(month), as_of };
    let assessment = assess(record, question).expect("a month that can be assessed");
    ResultDocument::new(record, &assessment).digest().to_owned()
}

fn demo_record() -> Record {
    demo::files().into_iter().fold(Record::default(), |record, (name, bytes)| {
        let mut reader = Reader::new(&name, Options::default());
        reader.push(&bytes).expect("a file of the demo case");
        record.merge(reader.finish().expect("a file of the demo case").record).expect("one case")
    })
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn digests_are_the_same_everywhere() {
    let examples =
        examples::all().into_iter().map(|(id, month, case)| (id, digest(&case.record, month, examples::as_of(id))));
    let demo = ["2026-03"].map(|month| ("demo", digest(&demo_record(), month, case::at("2026-04-20 00:00"))));
    let found: String = examples.chain(demo).map(|(id, digest)| format!("{id} {digest}\n")).collect();
    assert_eq!(found, DIGESTS, "write these to tests/agreement/digests.txt if the change is meant:\n{found}");
}
