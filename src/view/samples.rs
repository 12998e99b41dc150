use leptos::prelude::*;

use super::link::article_link;
use super::outages::table;
use super::stacking::{Line, StackingRow, line, stacking};
use super::{Filter, View, Wording};
use crate::assess::{Assessment, Bound, Guarantee, Monitoring, Outage, ProbeRow, Probes, listed_as, probes};
use crate::i18n::{AppTexts, duration, fill, visible};
use crate::record::{Digest, Evidence, OutageEvent, Record, Sample, SampleState, Source};
use crate::statement::wording;

/// Whether a file tells of a target, by the name under which it counts.
pub type TellsOf<'a> = &'a dyn Fn(Digest, &str) -> bool;

/// The address at which an outage's samples are shown, or, of none, every outage that is listed.
pub(super) fn address(outage: Option<&str>, filter: &Filter, words: Wording) -> String {
    let filter = Filter { outage: outage.map(str::to_owned), ..filter.clone() };
    format!("#{}{filter}", super::Route { view: View::Outages, clause: None, ..words.route })
}

/// The id of the link that leads to an outage's samples.
#[must_use]
pub fn samples_link(outage: &str) -> String {
    format!("samples-of-{outage}")
}

/// The id of the heading above an outage's samples.
pub const SAMPLES: &str = "samples";

/// One outage, and the samples by which it was found, from some before it to some after it, with the files that hold them.
pub(super) fn samples(
    (record, assessment): (&Record, &Assessment),
    id: &str,
    filter: &Filter,
    tells: TellsOf<'_>,
    words: Wording,
) -> AnyView {
    let app = words.app();
    let found = assessment.guarantees.iter().find_map(|guarantee| {
        let outage = guarantee.measured()?.outages.iter().find(|outage| outage.id == id)?;
        Some((guarantee, outage))
    });
    let body = match found {
        Some((guarantee, outage)) => one(&Shown { record, assessment, tells, words }, guarantee, outage, filter),
        None => view! { <p class="refused">{fill(app.samples_missing, &[("id", &visible(id))])}</p> }.into_any(),
    };
    view! {
        <h1 class="page-title" id=SAMPLES tabindex="-1">{app.samples_title}</h1>
        <p><a class="samples-back" href=address(None, filter, words)>{app.samples_back}</a></p>
        {body}
    }
    .into_any()
}

/// What the samples are looked up in.
struct Shown<'a> {
    record: &'a Record,
    assessment: &'a Assessment,
    tells: TellsOf<'a>,
    words: Wording,
}

fn one(shown: &Shown<'_>, guarantee: &Guarantee, outage: &Outage, filter: &Filter) -> AnyView {
    let (words, app) = (shown.words, shown.words.app());
    let policy = shown.record.contract.as_ref().map(|contract| contract.policy.clone()).unwrap_or_default();
    let table = guarantee.measured().map(|own| table(&[outage], (guarantee.article, own), &policy, (filter, words)));
    let found = probes(shown.record, shown.assessment, guarantee, outage);
    // What decides stands first.
    let all = [true, false].into_iter().flat_map(|decides| found.iter().filter(move |own| own.decides == decides));
    let mut parts: Vec<AnyView> = all.map(|own| shown.series(own, outage)).collect();
    parts.extend(listed_as(shown.record, shown.assessment, outage).into_iter().map(|event| shown.entry(event)));
    let nothing = parts.is_empty().then_some(app.samples_none);
    view! {
        <section class="outages samples" aria-labelledby=SAMPLES>
            <h2>
                <span class="article-number">{article_link(guarantee.article, words)}</span>
                {wording::article(guarantee.article, words.texts())}
            </h2>
            {table}
            <p class="quiet">{app.samples_hint}</p>
            {nothing.map(|text| view! { <p>{text}</p> }.into_any())}
            {parts}
        </section>
    }
    .into_any()
}

impl Shown<'_> {
    /// The samples of one series, and the files that hold them.
    fn series(&self, own: &Probes<'_>, outage: &Outage) -> AnyView {
        let (app, key) = (self.words.app(), own.key);
        let system = wording::monitoring(&Monitoring { system: key.system.clone(), listed: false }, self.words.texts());
        let names = [key.target.as_str(), key.vantage.as_str(), system.as_str()];
        let name: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).map(visible).collect();
        let holds = |(digest, source): &(&Digest, &Source)| {
            source.is_of(&key.system)
                && source.monitored.is_some_and(|span| span.meets(outage.possible))
                && (self.tells)(**digest, &key.target)
        };
        let files: Vec<(&Digest, &Source)> = self.record.sources.iter().filter(holds).collect();
        let rebuilt = files.iter().any(|(_, source)| source.evidence == Evidence::Rebuilt);
        let notes = [(!own.decides).then_some(app.samples_compared), rebuilt.then_some(app.samples_rebuilt)];
        let notes: Vec<_> =
            notes.into_iter().flatten().map(|text| view! { <p class="quiet">{text}</p> }.into_any()).collect();
        let rows = own.rows.iter().map(|row| self.row(*row)).collect();
        let files: Vec<AnyView> = files.into_iter().map(|(digest, source)| file(digest, &source.name)).collect();
        view! {
            <section class="samples-of" data-target=key.target.clone()>
                <h3>{name.join(" · ")}</h3>
                {notes}
                {stacking(&[app.column_time, app.column_status, app.samples_meaning], rows)}
                <p class="quiet">{app.samples_files}</p>
                <ul class="samples-files">{files}</ul>
            </section>
        }
        .into_any()
    }

    fn row(&self, row: ProbeRow) -> StackingRow {
        let (app, words) = (self.words.app(), self.words);
        let (outcome, cells) = match row {
            ProbeRow::Sample(sample, bound) => {
                let meaning = bound.map_or("", |bound| meaning(bound, app));
                (
                    bound.map_or("sample", Bound::as_str),
                    [one_line(words.at(sample.at)), state(sample, app), text(meaning)],
                )
            }
            ProbeRow::More { count, ends: (first, last) } => {
                let span = format!("{} – {}", words.at(first.at), words.at(last.at));
                ("more", [one_line(span), state(first, app), one_line(fill(app.samples_more, &[("count", &count)]))])
            }
            ProbeRow::Unwatched(span) => {
                let times = format!("{} – {}", words.at(span.start()), words.at(span.end()));
                let lasted = fill(app.samples_unwatched, &[("time", &duration(span.ms(), words.locale))]);
                ("unwatched", [one_line(times), text("–"), one_line(lasted)])
            }
        };
        StackingRow { outcome, case: None, cells: cells.into_iter().map(|cell| vec![cell]).collect() }
    }

    /// An outage as a file lists it.
    fn entry(&self, event: &OutageEvent) -> AnyView {
        let (words, app) = (self.words, self.words.app());
        let digest = event.origin.source;
        let source = self.record.sources.get(&digest);
        let end = event.end.map_or_else(|| app.outage_open_ended.to_owned(), |end| words.at(end));
        let place = fill(app.samples_entry, &[("row", &event.origin.row), ("id", &visible(&event.id))]);
        view! {
            <section class="samples-of" data-target=event.target.clone()>
                <h3>{visible(&event.target)}" · "{place}</h3>
                <p class="number">{format!("{} – {end}", words.at(event.start))}</p>
                <ul class="samples-files">{source.map(|source| file(&digest, &source.name))}</ul>
            </section>
        }
        .into_any()
    }
}

fn file(digest: &Digest, name: &str) -> AnyView {
    view! { <li>{visible(name)}" "<span class="digest">"SHA-256 "{digest.to_string()}</span></li> }.into_any()
}

fn text(own: &'static str) -> Line {
    line("", own.to_owned())
}

fn one_line(own: String) -> Line {
    line("number", own)
}

fn state(sample: Sample, app: &'static AppTexts) -> Line {
    let word = match sample.state {
        SampleState::Up => app.state_up,
        SampleState::Down => app.state_down,
        SampleState::Unknown => app.state_unknown,
    };
    line(if sample.state == SampleState::Down { "failed-probe" } else { "" }, word.to_owned())
}

const fn meaning(bound: Bound, app: &AppTexts) -> &'static str {
    match bound {
        Bound::Earliest => app.bound_earliest,
        Bound::Begins => app.bound_begins,
        Bound::Certain => app.bound_certain,
        Bound::Ends => app.bound_ends,
    }
}
