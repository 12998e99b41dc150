//! A browser that does what a person does: open, choose files, read, click, print, save.
//!
//! Every call waits for what it needs and fails the test with a sentence when that does not come. The browser and its
//! driver end with the value.

use crate::paper::{Pdf, folder, out};
use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    error::CmdError,
    wd::{PrintConfigurationBuilder, PrintMargins, PrintSize, WebDriverCompatibleCommand},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::{
    env, fs,
    future::Future,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tokio::runtime::{self, Runtime};

/// How long a page may take to get where a test wants it. Generous, since nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(120);

/// No statement is about to take the place of the one that is shown.
const COMPOSED: &str = "return !document.querySelector('[aria-busy=true]')";

/// One window of a browser with a fresh profile.
pub struct Browser {
    runtime: Runtime,
    client: Option<Client>,
    driver: Driver,
    downloads: PathBuf,
    engine: Engine,
}

/// What a browser is given.
struct Around {
    scripts: bool,
    network: bool,
}

/// The two engines the viewer is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium through chromedriver.
    Chromium,
    /// Firefox through geckodriver.
    Firefox,
}

impl Browser {
    /// Starts Chromium without a window on the screen.
    pub fn chromium() -> Self {
        Self::start(Engine::Chromium)
    }

    /// Starts Firefox without a window on the screen.
    pub fn firefox() -> Self {
        Self::start(Engine::Firefox)
    }

    /// Starts the given browser.
    pub fn start(engine: Engine) -> Self {
        Self::start_with(engine, &Around { scripts: true, network: true })
    }

    /// Starts the given browser as one in which pages run no scripts.
    pub fn without_scripts(engine: Engine) -> Self {
        Self::start_with(engine, &Around { scripts: false, network: true })
    }

    /// Starts the given browser as one that reaches no address at all, this machine's own included.
    pub fn without_network(engine: Engine) -> Self {
        Self::start_with(engine, &Around { scripts: true, network: false })
    }

    fn start_with(engine: Engine, around: &Around) -> Self {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let driver = Driver::start(engine);
        let downloads = folder("downloads");
        let capabilities = engine.capabilities(&downloads, around);
        let client = runtime
            .block_on(ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&driver.address))
            .unwrap_or_else(|error| panic!("{engine:?} did not start: {error}"));
        let browser = Self { runtime, client: Some(client), driver, downloads, engine };
        browser.resize(1280, 900);
        browser
    }

    /// Which browser this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Opens an address and returns when the page has loaded; the program itself may still be starting.
    pub fn open(&self, address: &str) -> &Self {
        self.done(self.client().goto(address), &format!("open {address}"));
        self
    }

    /// Whether the browser gets an answer from an address.
    pub fn reaches(&self, address: &str) -> bool {
        let opened = self.runtime.block_on(self.client().goto(address)).is_ok();
        // Chromium shows a page of its own that says why not.
        opened && self.run("return !/^(chrome-error|about):/.test(document.documentURI)") == true
    }

    /// Opens an empty tab beside the page, and closes the page.
    pub fn close_tab(&self) -> &Self {
        let page = self.done(self.client().window(), "look for the tab");
        let other = self.done(self.client().new_window(true), "open a tab").handle;
        self.done(self.client().switch_to_window(page), "go to the page");
        self.done(self.client().close_window(), "close the page");
        self.done(self.client().switch_to_window(other), "go to the empty tab");
        self
    }

    /// The files that were saved so far, whole or not, by name.
    pub fn saved(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.downloads).unwrap().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.sort();
        files
    }

    /// Loads the page again, as with the browser's button.
    pub fn reload(&self) -> &Self {
        self.done(self.client().refresh(), "reload the page");
        self
    }

    /// Chooses these files, all at once, in the page's `<input type="file">`.
    pub fn choose_files<P: AsRef<Path>>(&self, files: &[P]) -> &Self {
        let paths: Vec<String> =
            files.iter().map(|file| fs::canonicalize(file).unwrap().display().to_string()).collect();
        let input = self.present("input[type=file]");
        self.done(input.send_keys(&paths.join("\n")), "choose files");
        self
    }

    /// `document.documentElement.dataset.state`, empty as long as the program has not started.
    pub fn state(&self) -> String {
        self.run("return document.documentElement.dataset.state || ''").as_str().unwrap_or_default().to_owned()
    }

    /// Waits for that state. A page that fails meanwhile ends the test with what the page says.
    pub fn wait_for_state(&self, wanted: &str) -> &Self {
        self.until(&format!("data-state=\"{wanted}\""), || {
            let state = self.state();
            let failed = state == "failed" && wanted != "failed";
            assert!(!failed, "the page failed: {}", self.texts("[role=alert]").join(" "));
            (state == wanted).then_some(())
        });
        self
    }

    /// Waits until a script, the body of a function, returns something true, and gives that back.
    pub fn wait_until(&self, script: &str) -> Value {
        self.until(script, || {
            let value = self.run(script);
            let nothing = matches!(value, Value::Null | Value::Bool(false)) || value == "" || value == 0;
            (!nothing).then_some(value)
        })
    }

    /// Runs a script, the body of a function, and gives back what it returns.
    pub fn run(&self, script: &str) -> Value {
        self.done(self.client().execute(script, vec![]), script)
    }

    /// How many elements match now.
    pub fn count(&self, css: &str) -> usize {
        self.done(self.client().find_all(Locator::Css(css)), css).len()
    }

    /// The text a reader sees in the first element that matches; waits for the element.
    pub fn text(&self, css: &str) -> String {
        self.done(self.present(css).text(), css)
    }

    /// The same for every element that matches now.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let elements = self.done(self.client().find_all(Locator::Css(css)), css);
        elements.iter().map(|element| self.done(element.text(), css)).collect()
    }

    /// An attribute of the first element that matches; waits for the element.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.done(self.present(css).attr(name), css)
    }

    /// Clicks the first element that matches; waits for it.
    pub fn click(&self, css: &str) -> &Self {
        self.done(self.present(css).click(), &format!("click {css}"));
        self
    }

    /// Types into the first element that matches, in place of what stood there.
    pub fn type_into(&self, css: &str, text: &str) -> &Self {
        let field = self.present(css);
        self.done(field.clear(), css);
        self.done(field.send_keys(text), css);
        self
    }

    /// Goes to a `<select>`, as a person does, and chooses the option with that value.
    pub fn select(&self, css: &str, value: &str) -> &Self {
        self.present(css);
        self.run(&format!("document.querySelector({css:?}).focus()"));
        self.done(self.present(css).select_by_value(value), &format!("select {value} in {css}"));
        self
    }

    /// Presses keys where the focus is; `fantoccini::key::Key` names those without a character.
    pub fn press(&self, keys: &str) -> &Self {
        let focus = self.done(self.client().active_element(), "find the focus");
        self.done(focus.send_keys(keys), keys);
        self
    }

    /// Goes on to what comes next, by the tabulator as a person presses it: keys that are sent to a control that chooses files
    /// would name files.
    pub fn tab(&self) -> &Self {
        let key = |of: fn(char) -> KeyAction| of('\u{e004}');
        let keys = KeyActions::new("keys".to_owned())
            .then(key(|value| KeyAction::Down { value }))
            .then(key(|value| KeyAction::Up { value }));
        self.done(self.client().perform_actions(keys), "press the tabulator");
        self
    }

    /// Goes back to what came before.
    pub fn tab_back(&self) -> &Self {
        let keys = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: '\u{e008}' })
            .then(KeyAction::Down { value: '\u{e004}' })
            .then(KeyAction::Up { value: '\u{e004}' })
            .then(KeyAction::Up { value: '\u{e008}' });
        self.done(self.client().perform_actions(keys), "press the tabulator with Shift");
        self
    }

    /// Sets the size of the window in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> &Self {
        self.done(self.client().set_window_size(width, height), "resize the window");
        self
    }

    /// Prints as the browser's print dialogue does on A4 paper with backgrounds on and no margins added to the
    /// page's own; what CSS says of size and margins takes precedence. The file is kept as `tests/out/NAME.pdf`.
    pub fn print_pdf(&self, name: &str) -> Pdf {
        let paper = PrintConfigurationBuilder::default()
            .size(PrintSize::A4)
            .margins(PrintMargins { top: 0.0, bottom: 0.0, left: 0.0, right: 0.0 })
            .background(true)
            .shrink_to_fit(false)
            .build()
            .unwrap();
        Pdf::keep(name, &self.done(self.client().print(paper), "print"))
    }

    /// Takes a picture of the whole page, however long, as `tests/out/NAME.png`.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let (width, height) = self.done(self.client().get_window_size(), "measure the window");
        let missing = "return Math.max(0, document.documentElement.scrollHeight - window.innerHeight)";
        let missing = self.run(missing).as_u64().unwrap_or(0);
        let tall = (height + missing).min(16_000);
        self.done(self.client().set_window_size(width as u32, tall as u32), "make the window as tall as the page");
        let picture = self.done(self.client().screenshot(), "take a picture");
        self.done(self.client().set_window_size(width as u32, height as u32), "resize the window back");
        let path = out(&format!("{name}.png"));
        fs::write(&path, picture).unwrap();
        path
    }

    /// Takes a picture of the first element that matches, as a PNG; waits for it.
    pub fn picture(&self, css: &str) -> Vec<u8> {
        self.wait_until(COMPOSED);
        self.done(self.present(css).screenshot(), css)
    }

    /// Takes a picture of what the window shows, as a PNG.
    pub fn window_picture(&self) -> Vec<u8> {
        self.wait_until(COMPOSED);
        self.done(self.client().screenshot(), "take a picture")
    }

    /// Waits for a file that the page saves under this name and gives back its bytes.
    pub fn downloaded(&self, name: &str) -> Vec<u8> {
        let path = self.downloads.join(name);
        self.until(&format!("the download {name}"), || {
            let complete = path.is_file()
                && fs::read_dir(&self.downloads).unwrap().flatten().all(|file| {
                    let ending = file.path().extension().map(|ending| ending.to_string_lossy().into_owned());
                    !matches!(ending.as_deref(), Some("crdownload" | "part"))
                });
            if complete { fs::read(&path).ok() } else { None }
        })
    }

    /// What the page and its workers wrote to the console as errors since the last call, uncaught ones included.
    /// Chromium only: Firefox does not tell.
    pub fn console_errors(&self) -> Vec<String> {
        assert_eq!(self.engine, Engine::Chromium, "only Chromium's driver hands out the console");
        let entries = self.done(self.client().issue_cmd(ConsoleLog), "read the console");
        let entries = entries.as_array().cloned().unwrap_or_default();
        let severe =
            entries.iter().filter(|entry| entry["level"] == "SEVERE").map(|entry| entry["message"].to_string());
        // Nobody touched the page, so Chromium does not ask whether to leave it: that is no fault of the page.
        severe.filter(|message| !message.contains("'beforeunload' confirmation panel")).collect()
    }

    /// Has the page shown as on a system with that setting, such as `forced-colors` `active`; empty: as it is.
    /// Chromium only: Firefox's driver cannot.
    pub fn emulate(&self, setting: &str, value: &str) -> &Self {
        assert_eq!(self.engine, Engine::Chromium, "only Chromium's driver emulates settings");
        let features = json!([{ "name": setting, "value": value }]);
        self.done(
            self.client().issue_cmd(DevTools("Emulation.setEmulatedMedia", json!({ "features": features }))),
            setting,
        );
        self
    }

    fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    fn done<T>(&self, command: impl Future<Output = Result<T, CmdError>>, what: &str) -> T {
        self.runtime.block_on(command).unwrap_or_else(|error| panic!("{:?}: {what}: {error}", self.engine))
    }

    fn present(&self, css: &str) -> Element {
        self.until(css, || self.runtime.block_on(self.client().find(Locator::Css(css))).ok())
    }

    fn until<T>(&self, what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = attempt() {
                return found;
            }
            if Instant::now() > deadline {
                panic!("{:?}: waited {PATIENCE:?} in vain for {what}; state \"{}\"", self.engine, self.state());
            }
            thread::sleep(Duration::from_millis(40));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The session first: it ends the browser, which a killed driver would leave behind.
        if let Some(client) = self.client.take() {
            let _ = self.runtime.block_on(client.close());
        }
        self.driver.end();
        let _ = fs::remove_dir_all(&self.downloads);
    }
}

impl Engine {
    fn driver(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("chromedriver", "--port=0"),
            Self::Firefox => ("geckodriver", "--port=0"),
        }
    }

    fn capabilities(self, downloads: &Path, around: &Around) -> Map<String, Value> {
        let scripts = around.scripts;
        let mut capabilities = match self {
            Self::Chromium => json!({
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": {
                    "args": [
                        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
                        "--no-first-run", "--disable-background-networking", "--disable-component-update",
                        "--disable-sync", "--hide-scrollbars", "--lang=en",
                    ],
                    "prefs": { "download.default_directory": downloads, "download.prompt_for_download": false,
                        "profile.default_content_setting_values.javascript": if scripts { 1 } else { 2 } },
                },
            }),
            Self::Firefox => json!({
                "moz:firefoxOptions": {
                    "binary": program("firefox-esr").or_else(|| program("firefox")),
                    "args": ["-headless"],
                    "prefs": {
                        "browser.download.folderList": 2,
                        "browser.download.dir": downloads,
                        "browser.download.alwaysOpenPanel": false,
                        "intl.locale.requested": "en",
                        "javascript.enabled": scripts,
                    },
                },
            }),
        };
        if !around.network {
            // Everything goes through a proxy that is not there.
            match self {
                Self::Chromium => {
                    let arguments = capabilities["goog:chromeOptions"]["args"].as_array_mut().unwrap();
                    arguments
                        .extend(["--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>"].map(Value::from));
                }
                Self::Firefox => {
                    let settings = &mut capabilities["moz:firefoxOptions"]["prefs"];
                    settings["network.proxy.type"] = 1.into();
                    settings["network.proxy.allow_hijacking_localhost"] = true.into();
                    settings["network.proxy.no_proxies_on"] = "".into();
                    for kind in ["http", "ssl", "socks"] {
                        settings[format!("network.proxy.{kind}")] = "127.0.0.1".into();
                        settings[format!("network.proxy.{kind}_port")] = 9.into();
                    }
                }
            }
        }
        capabilities.as_object().cloned().unwrap_or_default()
    }
}

/// How often a driver is started before its test is given up.
const DRIVER_STARTS: usize = 5;

/// The program between this test and the browser, on a port that it chose itself.
struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    fn start(engine: Engine) -> Self {
        let (name, port) = engine.driver();
        let path = program(name).unwrap_or_else(|| {
            panic!("{name} is missing, so nothing was tested in {engine:?}. `make setup` installs it.")
        });
        (0..DRIVER_STARTS)
            .find_map(|_| Self::started(&path, port))
            .unwrap_or_else(|| panic!("{name} ended {DRIVER_STARTS} times without telling its port"))
    }

    /// `None` where the driver ended at once: it takes a port for one kind of address that may be taken for the other.
    fn started(path: &Path, port: &str) -> Option<Self> {
        let mut child = Command::new(path)
            .arg(port)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let Some(port) = lines.find_map(|line| announced_port(&line)) else {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        };
        // Reads on, so that the driver never waits for a full pipe.
        thread::spawn(move || lines.for_each(drop));
        Some(Self { child, address: format!("http://127.0.0.1:{port}") })
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `ChromeDriver was started successfully on port 41234.` or `… geckodriver INFO Listening on 127.0.0.1:41234`
fn announced_port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"))?;
    port.trim_end_matches('.').parse().ok()
}

/// Finds a program in `.tools/bin`, where the build keeps its own, or on the PATH.
fn program(name: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools/bin");
    let path = env::var_os("PATH").unwrap_or_default();
    [own].into_iter().chain(env::split_paths(&path)).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// chromedriver's own command that hands out the console.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// chromedriver's own command that passes one on to the browser's developer tools.
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}
