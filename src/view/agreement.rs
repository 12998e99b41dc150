use leptos::prelude::*;

use super::link::{address, anchor, link, to_clause};
use super::{View, Wording, verdict_badge, yuan};
use crate::agreement::{Edition, Passage, Point, passages};
use crate::assess::{
    Article, Assessment, CaseOutcome, Clause, Conduct, Emergency, Flag, Guarantee, Handling, Line, LineKind, Measured,
    Missing, NoticeOutcome,
};
use crate::contract::{Contract, PolicyKey};
use crate::i18n::{Locale, clock, date, fill, visible};
use crate::record::{Ground, Record, Stance};
use crate::statement::{basis, reading, wording};

/// The agreement point by point: as it was signed, how it is read, which policy could change that, and what the month
/// holds for it.
#[must_use]
pub fn agreement(record: &Record, assessment: &Assessment, words: Wording) -> AnyView {
    let contract = record.contract.clone().unwrap_or_default();
    let month = Month { record, contract, assessment, words };
    let passages = passages();
    let parts = passages.chunk_by(|one, next| one.point.article() == next.point.article());
    let articles: Vec<AnyView> = parts.filter_map(|part| part.split_first()).map(|part| month.part(part)).collect();
    let headings = passages.iter().filter(|passage| passage.point == Point::heading(passage.point.article()));
    let contents: Vec<AnyView> = headings.skip(1).map(|heading| month.entry(heading)).collect();
    let texts = &words.texts().reading;
    let translated =
        rendering(words.locale).map(|_| view! { <p class="quiet">{texts.translation_note}</p> }.into_any());
    view! {
        <div class="agreement">
            <header class="agreement-notes">
                <p>{texts.view_note}</p>
                {translated}
                <nav aria-label=texts.contents><ul class="agreement-contents">{contents}</ul></nav>
            </header>
            {articles}
        </div>
    }
    .into_any()
}

/// The edition that stands beside the original for a reader of this language.
const fn rendering(locale: Locale) -> Option<Edition> {
    match locale {
        Locale::ZhHant => None,
        Locale::ZhHans => Some(Edition::Simplified),
        Locale::En => Some(Edition::English),
    }
}

/// The lines of a passage as they were signed, and below them what they say in the reader's language.
fn text(passage: &Passage, words: Wording) -> AnyView {
    let lines = |edition: Edition, class: &'static str| {
        let lines: Vec<_> = passage.text(edition).map(|line| view! { <span>{line}</span> }.into_any()).collect();
        view! { <span class=class lang=edition.tag()>{lines}</span> }
    };
    view! {
        {lines(Edition::Original, "original")}
        {rendering(words.locale).map(|edition| lines(edition, "rendering"))}
    }
    .into_any()
}

/// An entry of what the month holds.
fn entry(flag: Option<&'static str>, shown: AnyView) -> AnyView {
    view! { <li data-flag=flag>{shown}</li> }.into_any()
}

/// What the views show of a month, to be told point by point.
struct Month<'a> {
    record: &'a Record,
    contract: Contract,
    assessment: &'a Assessment,
    words: Wording,
}

impl Month<'_> {
    fn guarantee(&self, point: Point) -> Option<&Guarantee> {
        self.assessment.guarantees.iter().find(|own| own.article.number() == point.article())
    }

    /// An article in the table of contents.
    fn entry(&self, heading: &Passage) -> AnyView {
        let edition = rendering(self.words.locale).unwrap_or(Edition::Original);
        let name: Vec<&str> = heading.text(edition).collect();
        let verdict = self.guarantee(heading.point).map(|own| verdict_badge(own.verdict, self.words));
        view! { <li>{to_clause(heading.point, name.concat().into_any(), self.words)} {verdict}</li> }.into_any()
    }

    /// An article, or what stands before the first one.
    fn part(&self, (heading, rest): (&Passage, &[Passage])) -> AnyView {
        let point = heading.point;
        let verdict = self
            .guarantee(point)
            .map(|own| link(address(View::Overview, point, self.words), None, verdict_badge(own.verdict, self.words)));
        let words = text(heading, self.words);
        let title = if point.article() == 0 {
            view! { <h1>{words}</h1> }.into_any()
        } else {
            view! { <h2>{words}</h2> }.into_any()
        };
        let points: Vec<AnyView> = rest.iter().map(|passage| self.passage(passage)).collect();
        view! {
            <section class="agreement-article">
                <header class="agreement-head" id=anchor(point) tabindex="-1" aria-current=self.current(point)>
                    {title} {verdict}
                </header>
                {self.notes(point)}
                {points}
            </section>
        }
        .into_any()
    }

    fn current(&self, point: Point) -> Option<&'static str> {
        (self.words.route.clause == Some(point)).then_some("location")
    }

    fn passage(&self, passage: &Passage) -> AnyView {
        let point = passage.point;
        view! {
            <div class="passage" id=anchor(point) data-depth=point.depth() tabindex="-1" aria-current=self.current(point)>
                <p class="passage-text">{text(passage, self.words)}</p>
                {self.notes(point)}
            </div>
        }
        .into_any()
    }

    /// Reading, policies and month of a point; nothing where there is none of them.
    fn notes(&self, point: Point) -> Option<AnyView> {
        let texts = &self.words.texts().reading;
        let list = |items: Vec<AnyView>| (!items.is_empty()).then(|| view! { <ul>{items}</ul> }.into_any());
        let reading = reading::reading(point, texts).map(|text| view! { <p>{text}</p> }.into_any());
        let rows: Vec<_> = [
            ("reading", texts.reading, reading),
            ("policies", texts.policies, list(self.policies(point))),
            ("month", texts.month, list(self.holds(point))),
        ]
        .into_iter()
        .filter_map(|(part, name, shown)| Some(view! { <div data-part=part><dt>{name}</dt><dd>{shown?}</dd></div> }))
        .collect();
        (!rows.is_empty()).then(|| view! { <dl class="passage-notes">{rows}</dl> }.into_any())
    }

    /// The policies that could change the reading of a point, then the figures at it that were agreed otherwise.
    fn policies(&self, point: Point) -> Vec<AnyView> {
        let (texts, policy) = (self.words.texts(), &self.contract.policy);
        let shown = |key: PolicyKey| {
            let value = reading::in_force(policy, key, &texts.statement);
            let name = format!("{}{}", wording::policy(key, texts), self.colon());
            view! {
                <li data-deviates=reading::deviates(policy, key).then_some("")>
                    {name} <strong>{value}</strong> " " <code>{key.as_str()}</code>
                </li>
            }
            .into_any()
        };
        let differs = |term: reading::Term| {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("name", &term.name), ("agreed", &term.agreed), ("usual", &term.usual)];
            view! { <li data-deviates="">{fill(texts.reading.terms_differ, &values)}</li> }.into_any()
        };
        let terms = reading::terms(&self.contract.terms, &texts.statement).into_iter();
        let terms = terms.filter(|term| term.differs() && term.points.contains(&point));
        reading::policies(point).map(shown).chain(terms.map(differs)).collect()
    }

    /// What the month holds for a point, each with the way to where it is shown.
    fn holds(&self, point: Point) -> Vec<AnyView> {
        let mut items = Vec::new();
        for own in &self.assessment.guarantees {
            if basis::promise(own.article) == point {
                items.push(self.item(View::Overview, own.article, verdict_badge(own.verdict, self.words)));
            }
            if let Some(measured) = own.measured() {
                self.measured(point, own.article, measured, &mut items);
            }
            if let Some(emergencies) = own.emergencies() {
                self.emergencies(point, own.article, emergencies, &mut items);
            }
            if let Conduct::Handled(handling) = &own.conduct {
                items.extend(self.handled(point, own.article, handling));
            }
        }
        let lines = self.assessment.remedies.lines.iter();
        items
            .extend(lines.filter(|line| basis::remedy(line.article, line.kind) == point).map(|line| self.remedy(line)));
        items.extend(self.claims(point));
        if point == Point::heading(11) {
            let period = self.words.span(self.assessment.period);
            let name = format!("{}{}", self.words.app().head_period, self.colon()).into_any();
            items.push(entry(None, vec![name, period].into_any()));
        }
        items.extend(self.flags(point));
        items
    }

    fn item(&self, view: View, article: Article, shown: AnyView) -> AnyView {
        let href = address(view, Point::heading(article.number()), self.words);
        entry(None, link(href, None, shown))
    }

    /// Outages, rules and exclusions of an article whose downtime was measured.
    fn measured(&self, point: Point, article: Article, measured: &Measured, items: &mut Vec<AnyView>) {
        let app = self.words.app();
        let named = |name: &str, value: &str| format!("{name}{}{value}", self.colon());
        if point == Point::at(article.number(), 1) {
            let count = measured.outages.len().to_string();
            items.push(self.item(View::Outages, article, named(app.outage_count, &count).into_any()));
        }
        if point == basis::promise(article) {
            let counted = named(app.figures_title, &clock(measured.downtime.counted));
            items.push(self.item(View::Overview, article, counted.into_any()));
            items.extend(measured.rules.iter().map(|rule| {
                let name = wording::rule(rule.kind, self.words.texts());
                let name = format!("{name}{}", self.colon()).into_any();
                let shown = vec![name, verdict_badge(rule.verdict, self.words)];
                self.item(View::Overview, article, shown.into_any())
            }));
        }
        for clause in measured.excluded.keys().filter(|clause| basis::clause(**clause) == point) {
            if matches!(clause, Clause::NetworkReport | Clause::PowerReport) && !measured.report_rule_applied {
                items.push(self.item(View::Outages, article, app.report_rule_not_applied.into_any()));
            } else {
                items.extend(
                    self.excluded(*clause, measured).map(|text| self.item(View::Outages, article, text.into_any())),
                );
            }
        }
    }

    /// What is excluded under a clause and what is claimed to be, or that nothing is.
    fn excluded(&self, clause: Clause, measured: &Measured) -> impl Iterator<Item = String> + use<> {
        let texts = &self.words.texts().reading;
        let agreed = measured.excluded.get(&clause).copied().unwrap_or_default();
        let parts = measured.outages.iter().flat_map(|outage| &outage.excluded);
        let claimed: i64 =
            parts.filter(|part| part.clause == clause && part.stance == Stance::Claimed).map(|part| part.ms).sum();
        let said = |text: &str, ms: i64| (ms > 0).then(|| fill(text, &[("time", &clock(ms))]));
        let nothing = (agreed == 0 && claimed == 0).then(|| texts.nothing_excluded.to_owned());
        [said(texts.excluded, agreed), said(texts.claimed, claimed), nothing].into_iter().flatten()
    }

    fn emergencies(&self, point: Point, article: Article, emergencies: &[Emergency], items: &mut Vec<AnyView>) {
        const OUTCOMES: [NoticeOutcome; 6] = [
            NoticeOutcome::InTime,
            NoticeOutcome::Late,
            NoticeOutcome::Missed,
            NoticeOutcome::Pending,
            NoticeOutcome::Exempt,
            NoticeOutcome::Disputed,
        ];
        let texts = self.words.texts();
        if point == Point::at(article.number(), 1) {
            items.push(self.item(View::Overview, article, wording::emergencies(emergencies, texts).into_any()));
        }
        for outcome in OUTCOMES.into_iter().filter(|outcome| basis::notice(*outcome) == point) {
            let count = emergencies.iter().filter(|own| own.outcome == outcome).count();
            if count > 0 {
                let text = format!("{}{}{count}", wording::notice_outcome(outcome, texts), self.colon());
                items.push(self.item(View::Overview, article, text.into_any()));
            }
        }
    }

    /// Who was named, how many single cases came to what, and how many lack what the point asks for.
    fn handled(&self, point: Point, article: Article, handling: &Handling) -> Vec<AnyView> {
        let texts = self.words.texts();
        let cases = handling.cases.as_deref().unwrap_or_default();
        let nobody = |name: &String| if name.is_empty() { self.words.app().none.to_owned() } else { visible(name) };
        let named = handling.named.as_ref().filter(|_| point == basis::promise(article)).map(nobody);
        let outcomes = CaseOutcome::ALL.iter().filter(|_| point == basis::cases(article)).filter_map(|outcome| {
            let count = cases.iter().filter(|own| own.outcome == *outcome).count();
            (count > 0).then(|| format!("{}{}{count}", wording::case_outcome(*outcome, texts), self.colon()))
        });
        let parts = Missing::ALL.iter().filter(|part| point == basis::missing(**part, article)).filter_map(|part| {
            let count = cases.iter().filter(|own| own.missing.contains(part)).count();
            let part = wording::missing(*part, texts);
            (count > 0).then(|| fill(texts.reading.lacking, &[("part", &part), ("count", &count)]))
        });
        let said = named.into_iter().chain(outcomes).chain(parts);
        said.map(|text| self.item(View::Overview, article, text.into_any())).collect()
    }

    const fn colon(&self) -> &'static str {
        match self.words.locale {
            Locale::ZhHant | Locale::ZhHans => "：",
            Locale::En => ": ",
        }
    }

    fn remedy(&self, line: &Line) -> AnyView {
        let (texts, locale) = (self.words.texts(), self.words.locale);
        let amount = line.amount.map_or_else(|| self.words.app().not_available.to_owned(), yuan);
        let day = match line.kind {
            LineKind::DayCredit(day) => Some(date(day, locale)),
            LineKind::RentWaiver | LineKind::SetupFeeRefund => None,
        };
        let parts = [Some(wording::remedy(line.kind, texts).to_owned()), day, Some(amount)];
        let parts = parts.into_iter().flatten().chain([wording::line_state(line.state, texts).to_owned()]);
        self.item(View::Overview, line.article, parts.collect::<Vec<_>>().join(" · ").into_any())
    }

    /// How often a case of force majeure is named by a claim that concerns the period.
    fn claims(&self, point: Point) -> Option<AnyView> {
        let names = |ground: Ground| ground.force_majeure().is_some_and(|own| basis::force_majeure(own) == point);
        let claims = self.record.exclusions.iter().flatten();
        let count = claims.filter(|own| names(own.ground) && own.span.meets(self.assessment.period)).count();
        let text = fill(self.words.texts().reading.force_majeure_claims, &[("count", &count)]);
        (count > 0).then(|| entry(None, text.into_any()))
    }

    fn flags(&self, point: Point) -> Vec<AnyView> {
        let texts = self.words.texts();
        let said = |flag: Flag| entry(Some(flag.as_str()), wording::flag(flag, texts).into_any());
        let own = self.assessment.guarantees.iter().flat_map(|own| own.flags.iter().map(|flag| (*flag, own.article)));
        let case = self.assessment.flags.iter().map(|flag| (*flag, Article::Network));
        let concerned = own.chain(case).filter(|(flag, article)| basis::flag(*flag, *article) == Some(point));
        concerned.map(|(flag, _)| said(flag)).collect()
    }
}
