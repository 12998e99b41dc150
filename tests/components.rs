//! Views by themselves, as wasm in headless Chromium (`make parity`): what they make of a record, without the page around them.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use sla_statement::assess::{Assessment, Question, assess};
use sla_statement::demo;
use sla_statement::i18n::Locale;
use sla_statement::import::{Options, Reader, join};
use sla_statement::record::Record;
use sla_statement::time::Instant;
use sla_statement::view::{self, Filter, Route, View, Wording};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn read((name, bytes): (String, Vec<u8>)) -> Record {
    let mut reader = Reader::new(&name, Options::default());
    reader.push(&bytes).expect("a file of the demo case");
    reader.finish().expect("a file of the demo case").record
}

fn demo() -> (Record, Assessment) {
    let record = join(demo::files().into_iter().map(read)).expect("one case").record;
    let question = Question { month: demo::month(), as_of: Instant::parse_rfc3339(demo::AS_OF).unwrap() };
    let assessment = assess(&record, question).expect("a month that can be assessed");
    (record, assessment)
}

fn words(locale: Locale, assessment: &Assessment) -> Wording {
    let route = Route { month: Some(assessment.month), locale: Some(locale), view: View::Outages, ..Route::default() };
    Wording { locale, zone: assessment.zone, route }
}

/// An element of the page in which a view stands alone.
fn shown(view: AnyView) -> Element {
    let page = web_sys::window().unwrap().document().unwrap();
    let place: HtmlElement = page.create_element("div").unwrap().unchecked_into();
    page.body().unwrap().append_child(&place).unwrap();
    mount_to(place.clone(), move || view).forget();
    place.into()
}

fn count(within: &Element, css: &str) -> u32 {
    within.query_selector_all(css).unwrap().length()
}

fn text(within: &Element, css: &str) -> String {
    within.query_selector(css).unwrap().unwrap_or_else(|| panic!("no {css}")).text_content().unwrap_or_default()
}

fn outages(filter: &str, locale: Locale) -> Element {
    let (record, assessment) = demo();
    let tells = |_, target: &str| target.starts_with("port");
    shown(view::outages(&record, &assessment, &Filter::parse(filter), &tells, words(locale, &assessment)))
}

#[wasm_bindgen_test]
fn every_guarantee_has_its_card_or_its_line_in_every_language() {
    let (record, assessment) = demo();
    for locale in Locale::ALL {
        let own = shown(view::overview(&record, &assessment, words(locale, &assessment)));
        assert_eq!(count(&own, "[data-guarantee]"), 9);
        assert_eq!(count(&own, "[data-guarantee=network][data-verdict=breached] .to-outages"), 1);
        assert!(text(&own, ".amount").contains("3,300.00"), "{}", text(&own, ".amount"));
    }
}

#[wasm_bindgen_test]
fn outages_stand_worst_first_and_each_leads_to_its_samples() {
    let own = outages("", Locale::En);
    assert_eq!((count(&own, "[data-outage]"), count(&own, "a.to-samples")), (7, 7));
    assert!(text(&own, "[data-outage] .when").contains("2026-03-24 23:50:02"));
    let own = outages("target=port-2&stance=disputed", Locale::En);
    assert_eq!(count(&own, "[data-outage]"), 1);
    let own = outages("under=1.4.d", Locale::ZhHant);
    assert_eq!(count(&own, "[data-outage]"), 0);
    assert!(text(&own, ".outages").contains("沒有符合以上條件的中斷"), "an empty list says why");
}

#[wasm_bindgen_test]
fn the_samples_of_an_outage_are_bounded_and_name_their_file() {
    let (_, assessment) = demo();
    let id = assessment.guarantees[0].measured().unwrap().outages[0].id.clone();
    for (locale, ends) in [(Locale::En, "the outage ends"), (Locale::ZhHant, "中斷結束"), (Locale::ZhHans, "中断结束")]
    {
        let own = outages(&format!("outage={id}"), locale);
        assert_eq!((count(&own, "[data-outage]"), count(&own, "a.to-samples")), (1, 0));
        assert_eq!(count(&own, ".samples-of"), 2, "one for each port");
        assert!(text(&own, "[data-outcome=ends]").contains(ends));
        assert!(text(&own, ".samples-files").contains("pings.csv"));
        assert!(count(&own, "[data-outcome=begins]") >= 1 && count(&own, "[data-outcome=earliest]") >= 1);
    }
}

#[wasm_bindgen_test]
fn no_element_of_a_view_has_the_id_of_another() {
    let (record, assessment) = demo();
    let assessment = Arc::new(assessment);
    for own in [
        shown(view::overview(&record, &assessment, words(Locale::En, &assessment))),
        shown(view::charts(&assessment, words(Locale::En, &assessment))),
        shown(view::agreement(&record, &assessment, words(Locale::En, &assessment))),
        outages("", Locale::En),
    ] {
        let all = own.query_selector_all("[id]").unwrap();
        let mut ids: Vec<String> =
            (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<Element>().ok()).map(|own| own.id()).collect();
        let before = ids.len();
        ids.sort();
        ids.dedup();
        assert!(before > 5 && ids.len() == before, "{before} elements with {} ids", ids.len());
    }
}
