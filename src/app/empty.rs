use leptos::prelude::*;

use crate::i18n::AppTexts;

use super::intake::{FileButton, open_demo};
use super::own_file;
use super::recent::RecentFiles;
use super::session::session;

/// What each system exports, in its own words; docs/formats.md says more.
const EXPORTS: [(&str, &str); 11] = [
    ("Prometheus, blackbox_exporter", "/api/v1/query?query=probe_success[31d]&time=…"),
    ("Grafana", "Inspect → Data → Formatted data: off → Download CSV"),
    ("Uptime Kuma", "data/kuma.db"),
    ("Nagios, Naemon, Icinga 1, Shinken", "nagios.log, archives/nagios-*.log"),
    ("Icinga 2", "Icinga DB Web → History → Export → JSON"),
    ("Zabbix", "history.get (icmpping)"),
    ("RRDtool, SmokePing", "rrdtool xport … DEF:l=port-1.rrd:loss:AVERAGE XPORT:l:\"port-1 loss/20\""),
    ("UptimeRobot", "getMonitors, logs=1"),
    ("Pingdom", "results, summary.outage"),
    ("Gatus", "/api/v1/endpoints/statuses"),
    ("OpenNMS, Better Stack", "outages, incidents (JSON)"),
];

fn exports(app: &'static AppTexts) -> AnyView {
    let rows =
        EXPORTS.map(|(system, what)| view! { <div><dt>{system}</dt><dd><code>{what}</code></dd></div> }.into_any());
    view! {
        <details class="exports">
            <summary>{app.exports_title}</summary>
            <p class="quiet">{app.exports_span}</p>
            <dl>
                <div><dt>{"CSV, JSON Lines"}</dt><dd>{app.exports_table}</dd></div>
                {rows.into_iter().collect::<Vec<_>>()}
            </dl>
        </details>
    }
    .into_any()
}

/// What this is, that nothing leaves the computer, how to get an export; then the ways in.
#[component]
pub fn Empty() -> impl IntoView {
    let session = session();
    let lines = move || {
        let app = session.app();
        let line = |(title, text)| view! { <div><dt>{title}</dt><dd>{text}</dd></div> }.into_any();
        [
            (app.empty_what_title, app.empty_what),
            (app.empty_private_title, app.empty_private),
            (app.empty_how_title, app.empty_how),
        ]
        .map(line)
        .into_iter()
        .collect::<Vec<_>>()
    };
    view! {
        <div class="empty">
            <h1>{session.text(|app| app.empty_title)}</h1>
            <dl class="empty-lines">{lines}</dl>
            <div class="drop-area">
                <p class="drop-text">{session.text(|app| app.drop_here)}</p>
                <FileButton text=move || session.app().choose_files/>
                <p class="quiet">{session.text(|app| app.accepted_kinds)}</p>
            </div>
            {move || exports(session.app())}
            <p class="demo-line">
                {session.text(|app| app.demo_line)}
                <button type="button" class="demo" on:click=move |_| open_demo(session)>
                    {session.text(|app| app.open_demo)}
                </button>
            </p>
            {(!own_file::is_single()).then(|| view! {
                <p class="demo-line">
                    {session.text(|app| app.offline_line)}
                    <a href=own_file::SINGLE_FILE download=own_file::SINGLE_FILE>{session.text(|app| app.offline_link)}</a>
                </p>
            }.into_any())}
            <RecentFiles/>
        </div>
    }
}
