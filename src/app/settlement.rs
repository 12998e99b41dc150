//! What the parties came to say of exclusions: each claim of the month with their word on it, and new claims. What is
//! settled here changes the figures at once, and is a file of the case.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::answer::Answer;
use super::bar::read_instant;
use super::case::SETTLEMENT_NAME;
use super::clock::now;
use super::failure::sentence;
use super::mapping::{field, focus, select};
use super::policy::changes;
use super::save::save;
use super::session::{Problem, Session, session};
use crate::assess::{Assessment, Clause};
use crate::i18n::{fill, instant, visible};
use crate::record::{
    Claimed, Exclusion, ForceMajeure, Ground, NetworkGround, Origin, PowerGround, Settled, Settlement, Stance,
};
use crate::sorted;
use crate::statement::sla_settlement::sla_settlement;
use crate::statement::{basis, wording};
use crate::time::{Interval, read_day};

/// What a person can claim. Maintenance is none of it: it is recorded with the customer's consent, or not at all.
fn grounds() -> Vec<Ground> {
    let mut grounds: Vec<Ground> = Vec::new();
    let of_network = [
        NetworkGround::CustomerEquipment,
        NetworkGround::CustomerInstallation,
        NetworkGround::CustomerNegligence,
        NetworkGround::OtherCustomerCause,
    ];
    grounds.extend(of_network.map(Ground::Network));
    grounds.extend(ForceMajeure::ALL.map(|category| Ground::Network(NetworkGround::ForceMajeure(category))));
    let of_power = [PowerGround::CustomerEquipment, PowerGround::CustomerInstallation, PowerGround::CustomerNegligence];
    grounds.extend(of_power.map(Ground::Power));
    grounds.extend(ForceMajeure::ALL.map(|category| Ground::Power(PowerGround::ForceMajeure(category))));
    grounds
}

/// A clause with what it is for, such as 第一條第6點 and the category of article 10 where it has one.
fn ground_in_words(ground: Ground, session: Session) -> String {
    let (locale, texts) = (session.locale.get(), session.locale.get().texts());
    let clause = Clause::from(ground);
    let category = ground.force_majeure().map(|own| wording::force_majeure(own, texts));
    let parts =
        [Some(basis::reference(basis::clause(clause), locale)), Some(wording::clause(clause, texts).to_owned())];
    let parts = parts.into_iter().chain([category.map(str::to_owned)]).flatten();
    parts.collect::<Vec<_>>().join(" · ")
}

/// A claim as it is listed: maintenance or an exclusion.
struct Listed {
    claimed: Claimed,
    clause: String,
    span: Interval,
    targets: String,
    evidence: String,
    stance: Stance,
    /// Claimed in the page, or in a file of settlements.
    since: bool,
}

/// Everything claimed that concerns the month, in order of time.
fn listed(answer: &Answer, found: &Assessment, session: Session) -> Vec<Listed> {
    let record = &answer.case.record;
    let names = |targets: &sorted::Set<String>| {
        let names: Vec<&str> = targets.iter().map(String::as_str).collect();
        visible(&names.join(session.app().list_separator))
    };
    let mut all: Vec<Listed> = Vec::new();
    for own in record.maintenance.iter().flatten().filter(|own| found.concerns(own.span)) {
        all.push(Listed {
            claimed: Claimed::Maintenance(own.id.clone()),
            clause: ground_in_words(Ground::Network(NetworkGround::Maintenance), session),
            span: own.span,
            targets: names(&own.targets),
            evidence: visible(&own.work),
            stance: own.stance,
            since: false,
        });
    }
    for own in record.exclusions.iter().flatten().filter(|own| found.concerns(own.span)) {
        all.push(Listed {
            claimed: Claimed::Exclusion(own.id.clone()),
            clause: ground_in_words(own.ground, session),
            span: own.span,
            targets: names(&own.targets),
            evidence: visible(&own.evidence),
            stance: own.stance,
            since: answer.case.settlement().claims.iter().any(|claim| claim.id == own.id),
        });
    }
    all.sort_by_key(|own| own.span);
    all
}

/// Each claim of the month with what the parties say of it, and new claims.
#[component]
pub fn SettleClaims() -> impl IntoView {
    let session = session();
    let wrong = RwSignal::new(None::<Problem>);
    let failed = RwSignal::new(false);
    let claims_one = RwSignal::new(false);
    let keep = move |_| {
        let text = session.case.get_untracked().map(|case| sla_settlement(case.settlement()));
        failed.set(text.is_none_or(|text| save(SETTLEMENT_NAME, "application/json", text.as_bytes()).is_err()));
    };
    let nothing_own = move || session.case.get().is_none_or(|case| case.own_settlement().is_none());
    let claims = move || {
        let answer = session.answer.get()?;
        let found = answer.found.clone().ok()?;
        let cards: Vec<AnyView> =
            listed(&answer, &found, session).into_iter().map(|own| card(own, &answer, session, wrong)).collect();
        let list = if cards.is_empty() {
            view! { <p class="quiet">{session.app().settlement_none}</p> }.into_any()
        } else {
            view! { <ul class="claims">{cards}</ul> }.into_any()
        };
        Some(view! { {list} {new_claim(&found, session, wrong, claims_one)} {effect(&answer, &found, session)} })
    };
    view! {
        <section class="settlement" aria-labelledby="settlement">
            <h2 id="settlement" tabindex="-1">{session.text(|app| app.settlement_title)}</h2>
            <p>{session.text(|app| app.settlement_explain)}</p>
            <div aria-live="assertive">
                {move || wrong.get().map(|own| view! { <p class="field-error">{sentence(&own, session.locale.get())}</p> })}
            </div>
            {claims}
            <div class="alert-ways">
                <button type="button" data-action="save-settlement" on:click=keep disabled=nothing_own>
                    {session.text(|app| app.settlement_save)}
                </button>
                <span class="field-error" aria-live="polite">
                    {move || failed.get().then(|| session.app().save_failed)}
                </span>
            </div>
        </section>
    }
}

/// What the settlement changes, against the case as it was claimed.
fn effect(answer: &Answer, found: &Arc<Assessment>, session: Session) -> Option<AnyView> {
    let before = answer.as_claimed.as_ref()?;
    Some(
        view! {
            <div class="proposed" data-part="settled">
                <h3>{session.app().settlement_changes}</h3>
                {changes(answer, before, found, session)}
            </div>
        }
        .into_any(),
    )
}

/// Puts a settlement in force, and leaves the focus where it was put.
fn put(session: Session, settlement: &Settlement, wrong: RwSignal<Option<Problem>>, place: String) {
    wrong.set(session.settle_claims(settlement).err());
    request_animation_frame(move || focus(&place));
}

fn settlement(session: Session) -> Settlement {
    session.case.with_untracked(|case| case.as_ref().map(|case| case.settlement().clone())).unwrap_or_default()
}

fn place(id: &str) -> String {
    format!("claim:{id}")
}

fn card(own: Listed, answer: &Answer, session: Session, wrong: RwSignal<Option<Problem>>) -> AnyView {
    let (app, texts, words) = (session.app(), session.locale.get().texts(), session.words());
    let id = own.claimed.id().to_owned();
    let settled = answer.case.record.settlement.settled.get(&own.claimed);
    let by_whom = settled.map(|own| {
        let text = fill(app.settlement_settled, &[("by", &visible(&own.by)), ("on", &own.on)]);
        view! { <span class="quiet">{text}</span> }.into_any()
    });
    let withdraw = own.since.then(|| {
        let (id, claimed) = (id.clone(), own.claimed.clone());
        let take_back = move |_| {
            let mut all = settlement(session);
            all.claims.retain(|claim| claim.id != id);
            all.settled.remove(&claimed);
            put(session, &all, wrong, "settlement".to_owned());
        };
        view! { <button type="button" class="quiet-button" on:click=take_back>{app.claim_withdraw}</button> }.into_any()
    });
    let stance = own.stance.as_str();
    let targets = if own.targets.is_empty() { app.claim_all_targets.to_owned() } else { own.targets };
    let evidence = if own.evidence.is_empty() { texts.statement.no_evidence.to_owned() } else { own.evidence };
    view! {
        <li class="claim" id=place(&id) tabindex="-1" data-claim=id.clone() data-stance=stance>
            <p class="claim-clause">{own.clause}</p>
            <p>{words.span(own.span)}</p>
            <p>{targets}<span class="quiet claim-id">{visible(&id)}</span></p>
            <p>{evidence}</p>
            <p class="stance">{wording::stance(own.stance, texts)}" "{by_whom}</p>
            <details>
                <summary>{app.settlement_settle}</summary>
                {settle_form(own.claimed, stance, session, wrong)}
            </details>
            {withdraw}
        </li>
    }
    .into_any()
}

fn settle_form(claimed: Claimed, stance: &'static str, session: Session, wrong: RwSignal<Option<Problem>>) -> AnyView {
    let (app, texts) = (session.app(), session.locale.get().texts());
    let chosen = RwSignal::new(stance.to_owned());
    let before = settlement(session).settled.values().last().map(|own| own.by.clone());
    let by = RwSignal::new(before.unwrap_or_default());
    let on = RwSignal::new(session.words().zone.day(now()).to_string());
    let incomplete = RwSignal::new(false);
    let record = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let stance = chosen.with_untracked(|key| Stance::ALL.into_iter().find(|own| own.as_str() == key));
        let (by, on) = (by.get_untracked().trim().to_owned(), on.with_untracked(|on| read_day(on.trim())));
        incomplete.set(by.is_empty() || on.is_none() || stance.is_none());
        if let (Some(stance), Some(on), false) = (stance, on, by.is_empty()) {
            let mut all = settlement(session);
            all.settled.insert(claimed.clone(), Settled { stance, by, on, origin: Origin::default() });
            put(session, &all, wrong, place(claimed.id()));
        }
    };
    let options = Stance::ALL.map(|own| (own.as_str().to_owned(), wording::stance(own, texts).to_owned())).into();
    view! {
        <form on:submit=record>
            <div class="table-columns">
                {select("agreed", app.settlement_stance, options, chosen.into(), into(chosen))}
                {field("settled-by", app.settlement_by, "", by.into(), into(by))}
                {field("settled-on", app.settlement_on, "2026-04-08", on.into(), into(on))}
            </div>
            <p class="field-error" aria-live="polite">{move || incomplete.get().then_some(app.settlement_wrong)}</p>
            <button type="submit">{app.settlement_record}</button>
        </form>
    }
    .into_any()
}

/// What a person is about to claim, as it stands in the fields.
#[derive(Clone, Copy)]
struct Draft {
    ground: RwSignal<String>,
    start: RwSignal<String>,
    end: RwSignal<String>,
    target: RwSignal<String>,
    evidence: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { ground: empty(), start: empty(), end: empty(), target: empty(), evidence: empty() }
    }

    /// The claim, without its id; `None` as long as something of it is missing.
    fn claim(self, session: Session) -> Option<Exclusion> {
        let zone = session.words().zone;
        let at = |own: RwSignal<String>| own.with_untracked(|text| read_instant(text.trim(), zone));
        let span = Interval::new(at(self.start)?, at(self.end)?)?;
        let ground = self.ground.with_untracked(|index| grounds().get(index.parse::<usize>().ok()?).copied())?;
        let evidence = Some(self.evidence.get_untracked().trim().to_owned()).filter(|own| !own.is_empty())?;
        let targets = Some(self.target.get_untracked()).filter(|own| !own.is_empty()).into_iter().collect();
        let id = new_id(ground, span, session);
        Some(Exclusion { span, id, ground, targets, evidence, stance: Stance::Claimed, origin: Origin::default() })
    }
}

/// An outage that a claim can be for.
struct Concerned {
    text: String,
    span: Interval,
    /// Where the outage is of one.
    target: String,
}

/// The form is made when someone opens it: it names every outage and every target.
fn new_claim(
    found: &Arc<Assessment>,
    session: Session,
    wrong: RwSignal<Option<Problem>>,
    opened: RwSignal<bool>,
) -> AnyView {
    let (app, found) = (session.app(), Arc::clone(found));
    view! {
        <details class="new-claim" on:toggle=move |_| opened.set(true)>
            <summary>{app.claim_title}</summary>
            <p class="quiet">{app.claim_explain}</p>
            {move || opened.get().then(|| claim_form(&found, session, wrong))}
        </details>
    }
    .into_any()
}

fn claim_form(found: &Assessment, session: Session, wrong: RwSignal<Option<Problem>>) -> AnyView {
    let (app, zone) = (session.app(), session.words().zone);
    let (draft, incomplete, chosen) = (Draft::new(), RwSignal::new(false), RwSignal::new(String::new()));
    let (mut outages, mut names) = (Vec::new(), sorted::Set::new());
    for measured in found.guarantees.iter().filter_map(|own| own.measured()) {
        names.extend(measured.targets.iter().cloned());
        for own in &measured.outages {
            let targets = own.targets.join(app.list_separator);
            let text = format!("{} · {}", instant(own.shown.start(), zone), visible(&targets));
            let target = if own.targets.len() == 1 { targets } else { String::new() };
            outages.push(Concerned { text, span: own.possible, target });
        }
    }
    let numbered = |none: &str, texts: Vec<String>| {
        let mut options = vec![(String::new(), none.to_owned())];
        options.extend(texts.into_iter().enumerate().map(|(index, text)| (index.to_string(), text)));
        options
    };
    let of_outage = numbered(app.claim_no_outage, outages.iter().map(|own| own.text.clone()).collect());
    let of_ground =
        numbered(app.claim_choose, grounds().into_iter().map(|own| ground_in_words(own, session)).collect());
    let mut of_target = vec![(String::new(), app.claim_all_targets.to_owned())];
    of_target.extend(names.iter().map(|name| (name.clone(), visible(name))));
    let choose = Callback::new(move |index: String| {
        if let Some(own) = index.parse::<usize>().ok().and_then(|index| outages.get(index)) {
            draft.start.set(instant(own.span.start(), zone));
            draft.end.set(instant(own.span.end(), zone));
            draft.target.set(own.target.clone());
        }
        chosen.set(index);
    });
    let claim = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let own = draft.claim(session);
        incomplete.set(own.is_none());
        if let Some(own) = own {
            let (mut all, place) = (settlement(session), place(&own.id));
            all.claims.insert(own);
            put(session, &all, wrong, place);
        }
    };
    view! {
            <form on:submit=claim>
                <div class="table-columns">
                    {select("claim-outage", app.claim_outage, of_outage, chosen.into(), choose)}
                    {select("claim-target", app.claim_target, of_target, draft.target.into(), into(draft.target))}
                    {field("claim-start", app.claim_start, "2026-03-09 00:07:00", draft.start.into(), into(draft.start))}
                    {field("claim-end", app.claim_end, "2026-03-09 03:40:00", draft.end.into(), into(draft.end))}
                    {select("claim-clause", app.claim_clause, of_ground, draft.ground.into(), into(draft.ground))}
                    {field("claim-evidence", app.claim_evidence, "", draft.evidence.into(), into(draft.evidence))}
                </div>
                <p class="field-error" aria-live="polite">{move || incomplete.get().then_some(app.claim_wrong)}</p>
                <button type="submit">{app.claim_record}</button>
            </form>
    }
    .into_any()
}

/// Where what is typed or chosen goes.
fn into(signal: RwSignal<String>) -> Callback<String> {
    Callback::new(move |text| signal.set(text))
}

/// An id that says what is claimed and from when, and that nothing else in the case has.
fn new_id(ground: Ground, span: Interval, session: Session) -> String {
    let start = instant(span.start(), session.words().zone).replace(' ', "T");
    let own = format!("{}@{start}", Clause::from(ground).as_str());
    let taken = |id: &str| {
        session.case.with_untracked(|case| {
            let all = case.iter().flat_map(|case| case.record.exclusions.iter().flatten());
            all.into_iter().any(|claim| claim.id == id)
        })
    };
    let later = (2..).map(|count: u32| format!("{own}-{count}"));
    std::iter::once(own.clone()).chain(later).find(|id| !taken(id)).unwrap_or(own)
}
