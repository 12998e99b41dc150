//! What the names in the files of other systems mean, as a person says it: how a table is read, and what its targets
//! count as.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::case::{MAPPING_NAME, NamedTarget, OpenCase};
use super::failure::{OFFERED_ZONES, sentence};
use super::save::save;
use super::scrolling::scrolling;
use super::session::{AskedTable, Problem, Session, session};
use crate::i18n::{AppTexts, Locale, fill, instant, visible};
use crate::import::{Code, RowMeaning, is_status_word, mapping_document, meaning};
use crate::record::{Application, DateOrder, FileMapping, PowerSource, Role, SampleState, TableMapping, TargetMapping};
use crate::sorted::{self, Map};
use crate::statement::wording;
use crate::time::Zone;
use crate::view::in_turns;

/// So many rows of a table are shown.
const SHOWN_ROWS: usize = 5;

/// So many words are asked about at once.
const ASKED_WORDS: usize = 20;

/// Every guarantee that a target can count under, with its name in the page.
const ROLES: [(&str, Role); 6] = [
    ("network", Role::Network),
    ("mains", Role::Power(PowerSource::Mains)),
    ("ups", Role::Power(PowerSource::Ups)),
    ("www", Role::Application(Application::Www)),
    ("email", Role::Application(Application::Email)),
    ("ftp", Role::Application(Application::Ftp)),
];

const IGNORED: &str = "ignored";

const STATES: [(&str, SampleState); 3] =
    [("up", SampleState::Up), ("down", SampleState::Down), ("unknown", SampleState::Unknown)];

/// The parts of a row that can be told, in the order in which they are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Time,
    Date,
    Status,
    Target,
    Latency,
    Vantage,
    Check,
}

impl Part {
    const ALL: [Self; 7] =
        [Self::Time, Self::Date, Self::Status, Self::Target, Self::Latency, Self::Vantage, Self::Check];

    const fn key(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Date => "date",
            Self::Status => "status",
            Self::Target => "target",
            Self::Latency => "latency_ms",
            Self::Vantage => "vantage",
            Self::Check => "check",
        }
    }

    const fn name(self, app: &AppTexts) -> &'static str {
        match self {
            Self::Time => app.column_time,
            Self::Date => app.column_date,
            Self::Status => app.column_status,
            Self::Target => app.column_target,
            Self::Latency => app.column_latency,
            Self::Vantage => app.column_vantage,
            Self::Check => app.column_check,
        }
    }
}

/// What was said of a table so far.
#[derive(Clone, Default)]
struct Draft {
    columns: [Option<usize>; 7],
    words: Map<String, SampleState>,
    date_order: Option<DateOrder>,
    target_name: String,
    zone: String,
}

impl Draft {
    fn of(table: &AskedTable) -> Self {
        let said = table.mapping.clone().unwrap_or_default();
        let zone = said.zone.map(|zone| zone.name().to_owned()).unwrap_or_default();
        let guess = table.excerpt.guess;
        let guessed = Self {
            columns: [guess.time, None, guess.status, guess.target, guess.latency, guess.vantage, guess.check],
            zone: zone.clone(),
            ..Self::default()
        };
        said.table.map_or(guessed, |own| Self {
            columns: [Some(own.time), own.date, Some(own.status), own.target, own.latency, own.vantage, own.check],
            words: own.words,
            date_order: own.date_order,
            target_name: own.target_name.unwrap_or_default(),
            zone,
        })
    }

    fn column(&self, part: Part) -> Option<usize> {
        self.columns.get(part as usize).copied().flatten()
    }

    fn set(&mut self, part: Part, column: Option<usize>) {
        // A column is one thing: what it was before is told anew.
        for own in &mut self.columns {
            if *own == column {
                *own = None;
            }
        }
        if let Some(own) = self.columns.get_mut(part as usize) {
            *own = column;
        }
    }

    /// `None` as long as time or status is open.
    fn table(&self) -> Option<TableMapping> {
        let name = self.target_name.trim();
        let target = self.column(Part::Target);
        Some(TableMapping {
            time: self.column(Part::Time)?,
            date: self.column(Part::Date),
            status: self.column(Part::Status)?,
            target,
            latency: self.column(Part::Latency),
            vantage: self.column(Part::Vantage),
            check: self.column(Part::Check),
            words: self.words.clone(),
            date_order: self.date_order,
            target_name: (target.is_none() && !name.is_empty()).then(|| name.to_owned()),
        })
    }

    /// Whether nothing is left open. Where columns remain of which one could tell targets apart, a person must name the
    /// one target, so that several are never taken for one by oversight.
    fn is_complete(&self, columns: usize) -> bool {
        let unused = self.columns.iter().flatten().count() < columns;
        let target = self.column(Part::Target).is_some() || !self.target_name.trim().is_empty();
        self.table().is_some() && self.zone().is_ok() && (target || !unused)
    }

    /// An error where there is no zone of that name.
    fn zone(&self) -> Result<Option<Zone>, ()> {
        let name = self.zone.trim();
        if name.is_empty() { Ok(None) } else { name.parse().map(Some).map_err(|_| ()) }
    }
}

/// Asks how a table is read, shows what its first rows would then mean, and reads it so.
#[component]
pub fn TableQuestion(
    /// The table.
    table: Arc<AskedTable>,
) -> impl IntoView {
    let session = session();
    let draft = RwSignal::new(Draft::of(&table));
    let read = {
        let table = Arc::clone(&table);
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            let said = draft.get_untracked();
            if let (Some(own), Ok(zone)) = (said.table(), said.zone()) {
                session.read_so(table.excerpt.columns(), FileMapping { zone, table: Some(own) });
            }
        }
    };
    let all = table.excerpt.names.len();
    let incomplete = move || draft.with(|draft| !draft.is_complete(all));
    let (for_columns, for_words, for_preview) = (Arc::clone(&table), Arc::clone(&table), Arc::clone(&table));
    // What a person is about to change must stay where it is: only the words to ask about come and go.
    let asked_words = Memo::new(move |_| draft.with(|draft| words_of(&for_words, draft)));
    view! {
        <form class="table-question" on:submit=read>
            <h3>{move || fill(session.app().table_title, &[("name", &visible(&table.name))])}</h3>
            <p class="quiet">{session.text(|app| app.table_explain)}</p>
            <div class="table-columns">{move || columns(&for_columns, draft, session.app())}</div>
            {move || words(&asked_words.get(), draft, session.app())}
            {scrolling(
                Signal::derive(move || session.app().table_preview.to_owned()),
                view! { {move || preview(&for_preview, &draft.get(), session.locale.get())} }.into_any(),
            )}
            <p class="field-error" aria-live="polite">
                {move || draft.with(|draft| draft.zone().is_err()).then(|| session.app().zone_unknown)}
            </p>
            <div class="alert-ways">
                <button type="submit" class="primary" disabled=incomplete>{session.text(|app| app.table_read)}</button>
            </div>
        </form>
    }
}

/// A select for each part of a row, and what else must be known to read it.
fn columns(table: &AskedTable, draft: RwSignal<Draft>, app: &'static AppTexts) -> AnyView {
    let selects = Part::ALL.map(|part| {
        let none = if matches!(part, Part::Time | Part::Status) { app.column_choose } else { app.column_none };
        let mut options = vec![(String::new(), none.to_owned())];
        let numbered = table.excerpt.names.iter().enumerate();
        options.extend(numbered.map(|(index, name)| (index.to_string(), format!("{} · {}", index + 1, visible(name)))));
        let chosen = move || draft.with(|draft| draft.column(part)).map(|index| index.to_string()).unwrap_or_default();
        let choose = move |chosen: String| draft.update(|draft| draft.set(part, chosen.parse().ok()));
        let (chosen, choose) = (Signal::derive(chosen), Callback::new(choose));
        select(&format!("column-{}", part.key()), part.name(app), options, chosen, choose)
    });
    let orders = [("", app.date_order_none), ("dmy", app.date_order_day), ("mdy", app.date_order_month)];
    let orders = orders.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
    let order = move || draft.with(|draft| draft.date_order).map_or("", DateOrder::as_str).to_owned();
    let choose_order = move |chosen: String| {
        let order = DateOrder::ALL.into_iter().find(|order| order.as_str() == chosen);
        draft.update(|draft| draft.date_order = order);
    };
    let has_target = Memo::new(move |_| draft.with(|draft| draft.column(Part::Target).is_some()));
    let name = move || {
        (!has_target.get()).then(|| {
            let value = move || draft.with(|draft| draft.target_name.clone());
            let write = move |written| draft.update(|draft| draft.target_name = written);
            field("target-name", app.column_target_name, "port-1", Signal::derive(value), Callback::new(write))
        })
    };
    let zones: Vec<_> = OFFERED_ZONES.iter().map(|zone| view! { <option value=*zone></option> }.into_any()).collect();
    let zone = move || draft.with(|draft| draft.zone.clone());
    let write_zone = move |written| draft.update(|draft| draft.zone = written);
    view! {
        {selects.into_iter().collect::<Vec<_>>()}
        {name}
        {field("table-zone", app.table_zone, "Asia/Shanghai", Signal::derive(zone), Callback::new(write_zone))}
        <datalist id="offered-zones">{zones}</datalist>
        {select("date-order", app.date_order, orders, Signal::derive(order), Callback::new(choose_order))}
    }
    .into_any()
}

/// A select with its label. Its options stay in their place while another is chosen.
pub fn select(
    name: &str,
    text: &str,
    options: Vec<(String, String)>,
    chosen: Signal<String>,
    choose: Callback<String>,
) -> AnyView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, text)| {
            let own = value.clone();
            view! { <option value=value prop:selected=move || chosen.with(|chosen| *chosen == own)>{text}</option> }
                .into_any()
        })
        .collect();
    view! {
        <label>
            <span>{text.to_owned()}</span>
            <select name=name.to_owned() on:change=move |event| choose.run(event_target_value(&event))>{options}</select>
        </label>
    }
    .into_any()
}

/// A field for text with its label.
pub fn field(
    name: &'static str,
    text: &'static str,
    example: &'static str,
    value: Signal<String>,
    write: Callback<String>,
) -> AnyView {
    let list = (name == "table-zone").then_some("offered-zones");
    view! {
        <label>
            <span>{text}</span>
            <input name=name type="text" placeholder=example list=list autocomplete="off" spellcheck="false"
                prop:value=value on:input=move |event| write.run(event_target_value(&event))/>
        </label>
    }
    .into_any()
}

/// The words for a status that no file may use.
fn words_of(table: &AskedTable, said: &Draft) -> Vec<String> {
    let Some(status) = said.column(Part::Status) else { return Vec::new() };
    let of_rows = table.excerpt.rows.iter().filter_map(|row| row.get(status)).cloned();
    let mapped = table.mapping.as_ref().and_then(|own| own.table.as_ref()).map(|own| own.status);
    let was = mapped.or(table.excerpt.guess.status);
    let rejected = table.words.iter().filter(|_| was.is_none_or(|own| own == status)).cloned();
    let all: sorted::Set<String> = of_rows
        .chain(rejected)
        .map(|word| word.to_ascii_lowercase())
        .filter(|word| !word.is_empty() && !is_status_word(word))
        .chain(said.words.keys().cloned())
        .collect();
    all.into_iter().take(ASKED_WORDS).collect()
}

/// Each of the words with a select.
fn words(all: &[String], draft: RwSignal<Draft>, app: &'static AppTexts) -> Option<AnyView> {
    let one = |word: &String| {
        let word = StoredValue::new(word.clone());
        let mut options = vec![(String::new(), app.word_open.to_owned())];
        options.extend(STATES.map(|(key, state)| (key.to_owned(), state_name(state, app).to_owned())));
        let chosen = move || {
            let state = word.with_value(|word| draft.with(|draft| draft.words.get(word).copied()));
            STATES.iter().find(|(_, own)| Some(*own) == state).map_or("", |(key, _)| *key).to_owned()
        };
        let choose = move |chosen: String| {
            let state = STATES.iter().find(|(key, _)| *key == chosen).map(|(_, state)| *state);
            let word = word.get_value();
            draft.update(|draft| match state {
                Some(state) => draft.words.insert(word, state),
                None => drop(draft.words.remove(&word)),
            });
        };
        let (chosen, choose) = (Signal::derive(chosen), Callback::new(choose));
        select("status-word", &format!("“{}”", visible(&word.get_value())), options, chosen, choose)
    };
    (!all.is_empty()).then(|| {
        let selects: Vec<AnyView> = all.iter().map(one).collect();
        view! {
            <fieldset class="table-words">
                <legend>{app.words_title}</legend>
                <div class="table-columns">{selects}</div>
            </fieldset>
        }
        .into_any()
    })
}

const fn state_name(state: SampleState, app: &AppTexts) -> &'static str {
    match state {
        SampleState::Up => app.state_up,
        SampleState::Down => app.state_down,
        SampleState::Unknown => app.state_unknown,
    }
}

/// The first rows as they stand, and what they would mean.
fn preview(table: &AskedTable, draft: &Draft, locale: Locale) -> AnyView {
    let app = &locale.texts().app;
    let zone = draft.zone().ok().flatten();
    let means = draft.table().map(|own| meaning(&table.excerpt, &own, zone)).unwrap_or_default();
    let heads: Vec<_> =
        table.excerpt.names.iter().map(|name| view! { <th scope="col">{visible(name)}</th> }.into_any()).collect();
    let rows: Vec<_> = (table.excerpt.rows.iter().enumerate().take(SHOWN_ROWS))
        .map(|(index, row)| {
            let cells: Vec<_> =
                row.iter().map(|cell| view! { <td class="found">{visible(cell)}</td> }.into_any()).collect();
            let meaning = means.get(index).map(|own| meant(own, zone, app)).unwrap_or_default();
            view! { <tr>{cells}<td>{meaning}</td></tr> }.into_any()
        })
        .collect();
    view! {
        <table>
            <thead><tr>{heads}<th scope="col">{app.table_means}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn meant(meaning: &RowMeaning, zone: Option<Zone>, app: &'static AppTexts) -> String {
    match meaning {
        RowMeaning::Sample(sample, target) => {
            let at = zone.map_or_else(|| sample.at.to_string(), |zone| instant(sample.at, zone));
            [at.as_str(), &visible(target), state_name(sample.state, app)].join(" · ")
        }
        RowMeaning::Fault(Code::ZoneNeeded, _) => app.means_zone_needed.to_owned(),
        RowMeaning::Fault(Code::DateOrderNeeded, _) => app.means_order_needed.to_owned(),
        RowMeaning::Fault(Code::StatusUnknown, found) => fill(app.means_no_status, &[("found", &visible(found))]),
        RowMeaning::Fault(_, found) => fill(app.means_nothing, &[("found", &visible(found))]),
    }
}

fn option(value: &str, text: &str, selected: bool) -> AnyView {
    view! { <option value=value.to_owned() prop:selected=selected>{text.to_owned()}</option> }.into_any()
}

/// The targets of the case: what each counts as, and how the tables are read.
#[component]
pub fn Targets() -> impl IntoView {
    let session = session();
    let wrong = RwSignal::new(None::<Problem>);
    let asked = RwSignal::new(None::<Arc<AskedTable>>);
    let failed = RwSignal::new(false);
    let undo = move |_| wrong.set(session.undo_mapping().err());
    let keep = move |_| {
        let bytes = session.case.get_untracked().map(|case| mapping_document(case.mapping()));
        failed.set(bytes.is_none_or(|bytes| save(MAPPING_NAME, "application/json", &bytes).is_err()));
    };
    let case = move || session.case.get();
    view! {
        <section class="targets-view">
            <h1>{session.text(|app| app.mapping_title)}</h1>
            <p>{session.text(|app| app.mapping_explain)}</p>
            <div aria-live="assertive">
                {move || wrong.get().map(|own| view! { <p class="field-error">{sentence(&own, session.locale.get())}</p> })}
            </div>
            {target_table(session, wrong)}
            <div class="alert-ways">
                <button type="button" data-action="undo" on:click=undo
                    disabled=move || case().is_none_or(|case| !case.can_undo())>
                    {session.text(|app| app.mapping_undo)}
                </button>
                <button type="button" data-action="save-mapping" on:click=keep
                    disabled=move || case().is_none_or(|case| !case.mapping_is_own())>
                    {session.text(|app| app.mapping_save)}
                </button>
                <span class="field-error" aria-live="polite">
                    {move || failed.get().then(|| session.app().save_failed)}
                </span>
            </div>
            <p class="quiet">{session.text(|app| app.mapping_save_hint)}</p>
            {move || case().map(|case| tables(&case, session, asked))}
            {move || asked.get().map(|table| view! { <TableQuestion table/> })}
        </section>
    }
}

/// What is said of a target.
type Told = (Option<NamedTarget>, Option<TargetMapping>);

/// A row for each target, which is made anew only where what is said of it has changed.
fn target_table(session: Session, wrong: RwSignal<Option<Problem>>) -> AnyView {
    let targets = Memo::new(move |_| session.case.with(|case| case.as_ref().map(|case| case.named_targets())));
    let ids =
        Memo::new(move |_| targets.with(|targets| targets.iter().flat_map(Map::keys).cloned().collect::<Vec<_>>()));
    // The target of which someone is about to choose what it is.
    let asked = RwSignal::new(None::<String>);
    let table = move || {
        let (app, ids) = (session.app(), ids.get());
        if ids.is_empty() {
            return view! { <p>{app.mapping_none}</p> }.into_any();
        }
        let count = ids.len();
        let row = move |place: usize| {
            let Some(id) = ids.get(place).cloned() else { return ().into_any() };
            let own = id.clone();
            let told = Memo::new(move |_| -> Told {
                let mapping = session.case.with(|case| case.as_ref()?.mapping().targets.get(&own).cloned());
                (targets.with(|targets| targets.as_ref()?.get(&own).cloned()), mapping)
            });
            (move || target_row(&id, told.get(), session, (wrong, asked))).into_any()
        };
        let list = in_turns(count, Arc::new(row));
        let busy = list.busy();
        let table = view! {
            <table class="target-table stacking" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{app.target_name}</th>
                        <th scope="col" role="columnheader">{app.target_files}</th>
                        <th scope="col" role="columnheader">{app.target_counts_as}</th>
                        <th scope="col" role="columnheader">{app.target_is_other}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup" aria-busy=busy>{list.rows}</tbody>
            </table>
        };
        scrolling(Signal::stored(app.mapping_title.to_owned()), table.into_any())
    };
    table.into_any()
}

fn target_row(
    id: &str,
    (target, own): Told,
    session: Session,
    (wrong, asked): (RwSignal<Option<Problem>>, RwSignal<Option<String>>),
) -> Option<AnyView> {
    let (target, app, texts) = (target?, session.app(), session.locale.get().texts());
    let is = own.as_ref().and_then(TargetMapping::is).map(str::to_owned);
    let role = own.as_ref().and_then(TargetMapping::role);
    let ignored = own == Some(TargetMapping::Ignored);
    let as_found = fill(app.target_as_found, &[("role", &wording::role(target.role, texts))]);
    let mut roles = vec![option("", &as_found, role.is_none() && !ignored)];
    for (key, own) in ROLES {
        roles.push(option(key, wording::role(own, texts), role == Some(own)));
    }
    roles.push(option(IGNORED, app.target_ignored, ignored));
    let others = others(id, is.as_deref(), session, asked);
    let ask = {
        let id = id.to_owned();
        move || asked.set(Some(id.clone()))
    };
    let ask_by_pointer = ask.clone();
    let change =
        move |event: &ev::Event, id: String, control: &'static str, target: Option<TargetMapping>, before: &str| {
            let error = session.map_target(&id, target).err();
            if let (Some(_), Some(select)) = (&error, event.target()) {
                // What is refused is not shown as chosen.
                js_sys::Reflect::set(&select, &"value".into(), &before.into()).ok();
            }
            wrong.set(error);
            // The table is made anew; whoever goes through it by keyboard stays where they were.
            request_animation_frame(move || focus(&format!("{control}:{id}")));
        };
    let counted = ROLES.iter().find(|(_, own)| Some(*own) == role).map_or("", |(key, _)| key);
    let counted = if ignored { IGNORED } else { counted };
    let count = {
        let id = id.to_owned();
        move |event: ev::Event| {
            let chosen = event_target_value(&event);
            let role = ROLES.iter().find(|(key, _)| *key == chosen).map(|(_, role)| *role);
            let counts = role.map(|role| TargetMapping::Counts { is: None, role: Some(role) });
            let target = if chosen == IGNORED { Some(TargetMapping::Ignored) } else { counts };
            change(&event, id.clone(), "counts-as", target, counted);
        }
    };
    let alias = {
        let (id, before) = (id.to_owned(), is.clone().unwrap_or_default());
        move |event: ev::Event| {
            let chosen = event_target_value(&event);
            let is = (!chosen.is_empty()).then_some(chosen);
            change(&event, id.clone(), "is", is.map(|is| TargetMapping::Counts { is: Some(is), role: None }), &before);
        }
    };
    let files = if target.files.is_empty() {
        app.target_in_no_file.to_owned()
    } else {
        visible(&target.files.join(app.list_separator))
    };
    let told =
        target.declared.then_some(app.target_declared).or_else(|| target.by_check.then_some(app.target_by_check));
    let shown = visible(id);
    let (label_role, label_is) =
        (format!("{}: {shown}", app.target_counts_as), format!("{}: {shown}", app.target_is_other));
    view! {
        <tr role="row" data-target=id.to_owned()>
            <th scope="row" role="rowheader">{shown}</th>
            <td role="cell" data-label=app.target_files>{files}</td>
            <td role="cell" data-label=app.target_counts_as>
                <div>
                    <select name="counts-as" id=format!("counts-as:{id}") aria-label=label_role disabled=is.is_some() || told.is_some() on:change=count>
                        {roles}
                    </select>
                    {told.map(|told| view! { <span class="quiet">{told}</span> })}
                </div>
            </td>
            <td role="cell" data-label=app.target_is_other>
                <select name="is" id=format!("is:{id}") aria-label=label_is disabled=ignored || target.declared on:change=alias
                    on:focus=move |_| ask() on:pointerdown=move |_| ask_by_pointer()>
                    {others}
                </select>
            </td>
        </tr>
    }
    .into_any()
    .into()
}

/// What a target can be. The names stand in the list only once someone is about to choose of it: each target could be any of
/// the others, and of a thousand targets that is a million.
fn others(id: &str, is: Option<&str>, session: Session, asked: RwSignal<Option<String>>) -> AnyView {
    let chosen = is.map(|is| option(is, &visible(is), true));
    let itself = option("", session.app().target_itself, chosen.is_none());
    let (id, is) = (id.to_owned(), is.map(str::to_owned));
    let own = id.clone();
    let asked = Memo::new(move |_| asked.with(|asked| asked.as_ref() == Some(&own)));
    let around = Arc::new(move |after: bool| -> Vec<AnyView> {
        let case = asked.get().then(|| session.case.get()).flatten();
        let names = case.map(|case| case.final_names(&case.named_targets())).unwrap_or_default();
        let other = |name: &&String| **name != id && is.as_ref() != Some(*name) && (Some(*name) > is.as_ref()) == after;
        names.iter().filter(other).map(|name| option(name, &visible(name), false)).collect()
    });
    let before = Arc::clone(&around);
    view! { {itself} {move || before(false)} {chosen} {move || around(true)} }.into_any()
}

/// The element with that id takes the focus.
pub fn focus(id: &str) {
    let page = web_sys::window().and_then(|window| window.document());
    let element = page.and_then(|page| page.get_element_by_id(id)?.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        element.focus().ok();
    }
}

/// The tables of the case, each of which can be read otherwise.
fn tables(case: &Arc<OpenCase>, session: Session, asked: RwSignal<Option<Arc<AskedTable>>>) -> Option<AnyView> {
    let app = session.app();
    let rows: Vec<AnyView> = case
        .tables()
        .into_iter()
        .map(|table| {
            let (name, table) = (visible(&table.name), Arc::new(table));
            let unknown = table.words.len();
            let words = (unknown > 0).then(|| fill(app.tables_words, &[("count", &unknown)]));
            view! {
                <li>
                    <span>{name}</span>
                    {words.map(|words| view! { <strong class="rejected-count">{words}</strong> })}
                    <button type="button" data-action="read-otherwise"
                        on:click=move |_| asked.set(Some(Arc::clone(&table)))>
                        {app.tables_change}
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <h2>{app.tables_title}</h2><ul class="tables">{rows}</ul> }.into_any())
}
