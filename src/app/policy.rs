use std::sync::Arc;

use leptos::prelude::*;

use super::answer::Answer;
use super::save::save;
use super::session::{Session, session};
use crate::assess::Assessment;
use crate::contract::{Policy, PolicyKey};
use crate::i18n::{AppTexts, clock, fill};
use crate::statement::result::ResultDocument;
use crate::statement::{reading, wording};
use crate::view::{verdict_badge, yuan};

/// Every reading of the agreement with what else it could be. A change is a proposal: it deviates from the contract, says so
/// on the statement, and can be saved as the file that the command line takes.
#[component]
pub fn PolicyEditor() -> impl IntoView {
    let session = session();
    let rows = move || {
        let contract = session.contract_policy();
        PolicyKey::ALL.iter().map(|key| row(*key, &contract, session)).collect::<Vec<AnyView>>()
    };
    let summary = move || {
        let count = deviations(session.proposal.get().as_ref(), session).len();
        let app = session.app();
        if count == 0 { app.policy_none.to_owned() } else { fill(app.policy_count, &[("count", &count)]) }
    };
    view! {
        <details class="policy">
            <summary>{session.text(|app| app.policy_title)}" · "<span role="status">{summary}</span></summary>
            <p class="quiet">{session.text(|app| app.policy_note)}</p>
            <div class="policy-keys">{rows}</div>
        </details>
        <Show when=move || session.proposal.with(Option::is_some)><Proposed/></Show>
    }
}

/// The keys whose proposed value is not the contract's.
fn deviations(proposed: Option<&Policy>, session: Session) -> Vec<PolicyKey> {
    let contract = session.contract_policy();
    let differs = |key: &PolicyKey| proposed.is_some_and(|own| own.value(*key) != contract.value(*key));
    PolicyKey::ALL.iter().copied().filter(differs).collect()
}

fn row(key: PolicyKey, contract: &Policy, session: Session) -> AnyView {
    let texts = session.locale.get().texts();
    let agreed = reading::meaning(contract, key, &texts.statement);
    let in_force = move || reading::plain(&session.policy().value(key));
    let wrong = RwSignal::new(false);
    let propose = move |event| wrong.set(!session.propose(key, &event_target_value(&event)));
    let choices: Vec<AnyView> = key
        .choices()
        .into_iter()
        .filter_map(|name| {
            let mut policy = contract.clone();
            policy.set(key.as_str(), &name.into()).ok()?;
            let text = reading::meaning(&policy, key, &texts.statement);
            Some(view! { <option value=name prop:selected=move || in_force() == name>{text}</option> }.into_any())
        })
        .collect();
    let control = if choices.is_empty() {
        view! {
            <input type="text" size="8" autocomplete="off" name=key.as_str() prop:value=in_force on:change=propose
                aria-invalid=move || wrong.get().then_some("true")/>
        }
        .into_any()
    } else {
        view! { <select name=key.as_str() on:change=propose>{choices}</select> }.into_any()
    };
    let app = session.app();
    view! {
        <label>
            <span>{wording::policy(key, texts)}</span>
            {control}
            <span class="quiet">{fill(app.policy_agreed, &[("value", &agreed)])}</span>
            <span class="field-error" aria-live="polite">{move || wrong.get().then_some(app.policy_wrong)}</span>
        </label>
    }
    .into_any()
}

/// What the proposals change, and what can be done with them.
#[component]
fn Proposed() -> impl IntoView {
    let session = session();
    let changes = move || {
        let answer = session.answer.get()?;
        let (before, after) = (answer.under_contract.clone()?, answer.found.clone().ok()?);
        Some(changes(&answer, &before, &after, session))
    };
    let failed = RwSignal::new(false);
    view! {
        <section class="proposed" aria-labelledby="proposed">
            <h2 id="proposed">{session.text(|app| app.policy_changes)}</h2>
            {changes}
            <div class="actions">
                <button type="button" on:click=move |_| failed.set(save_proposal(session).is_none())>
                    {session.text(|app| app.policy_save)}
                </button>
                <button type="button" class="quiet-button" on:click=move |_| session.propose_nothing()>
                    {session.text(|app| app.policy_take_back)}
                </button>
                <span class="field-error" aria-live="polite">{move || failed.get().then(|| session.app().save_failed)}</span>
            </div>
        </section>
    }
}

/// What differs between two findings of one case.
pub fn changes(answer: &Answer, before: &Arc<Assessment>, after: &Arc<Assessment>, session: Session) -> AnyView {
    let (app, words) = (session.app(), session.words());
    let mut lines: Vec<AnyView> = Vec::new();
    for (old, new) in before.guarantees.iter().zip(&after.guarantees) {
        let counted = old.measured().zip(new.measured()).map(|(old, new)| (old.downtime.counted, new.downtime.counted));
        let counted = counted.filter(|(old, new)| old != new);
        if old.verdict == new.verdict && counted.is_none() {
            continue;
        }
        let figures = counted.map(|(old, new)| {
            view! { <span class="number">{format!("{} → {}", clock(old), clock(new))}</span> }.into_any()
        });
        let line = view! {
            <li>
                <span>{wording::article(new.article, words.texts())}</span>
                <span>{verdict_badge(old.verdict, words)}" → "{verdict_badge(new.verdict, words)}</span>
                {figures}
            </li>
        };
        lines.push(line.into_any());
    }
    let (old, new) = (before.remedies.payable, after.remedies.payable);
    if old != new {
        let amount = |own: Option<_>| own.map_or_else(|| app.not_available.to_owned(), yuan);
        let line = view! {
            <li><span>{app.owed_title}</span><span class="number">{format!("{} → {}", amount(old), amount(new))}</span></li>
        };
        lines.push(line.into_any());
    }
    let list = if lines.is_empty() {
        view! { <p>{app.policy_changes_none}</p> }.into_any()
    } else {
        view! { <ul class="changes">{lines}</ul> }.into_any()
    };
    let result = ResultDocument::new(&answer.case.record, after);
    let digest = view! { <p class="quiet digest">{result.digest().to_owned()}</p> };
    view! { {list} {digest} }.into_any()
}

/// The proposed values as `--policy` takes them: over those of the contract they give the same result.
fn save_proposal(session: Session) -> Option<()> {
    let proposed = session.proposal.get_untracked()?;
    let lines: Vec<String> = untrack(|| deviations(Some(&proposed), session))
        .into_iter()
        .map(|key| format!("  \"{}\": {}", key.as_str(), proposed.value(key)))
        .collect();
    save("sla-policy.json", "application/json", format!("{{\n{}\n}}\n", lines.join(",\n")).as_bytes()).ok()
}

/// How many readings are proposed in what is shown, above any view.
pub fn proposal_notice(app: &AppTexts, session: Session) -> Option<String> {
    let proposed = session.answer.with(|answer| answer.as_ref()?.asked.proposal.clone());
    let count = deviations(proposed.as_ref(), session).len();
    (count > 0).then(|| fill(app.policy_count, &[("count", &count)]))
}
