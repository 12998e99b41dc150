//! What runs out, breaks off or was made to break: said clearly, the page goes on, and what was loaded stays.

use crate::{
    harness::{Browser, Engine},
    main_job::{AS_OF, demo_files, folder, fragment, verdicts},
    report::{address, click_button, report},
    site::{built, single_file},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};
use sla_statement::report::{CaseFile, HeldCase};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

const PLACE: &str = "?demo#month=2026-03&lang=en&as_of=2026-04-20T00:00:00Z";

/// The single file with something done before its boot script, and the policy with it.
fn with_more_in_boot(before: &str) -> String {
    let page = fs::read_to_string(built("sla-statement.html")).unwrap();
    let (_, rest) = page.split_once("<script id=\"sla-boot\">").unwrap();
    let (boot, _) = rest.split_once("</script>").unwrap();
    let other = format!("{before}{boot}");
    let hash = |script: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
    assert!(page.contains(&hash(boot)));
    page.replacen(boot, &other, 1).replace(&hash(boot), &hash(&other))
}

/// Gives the module's memory a most of so many pages of 64 KiB, in the section that says how it begins.
const LESS_MEMORY: &str = "(() => {
    const number = (module, at) => {
        for (let value = 0, bits = 0; ; bits += 7, at += 1) {
            value |= (module[at] & 127) << bits;
            if (module[at] < 128) return [value, at + 1];
        }
    };
    const written = value => [value & 127 | 128, value >> 7 & 127 | 128, value >> 14];
    const less = module => {
        for (let at = 8; module[1] === 97 && at < module.length;) {
            const [size, from] = number(module, at + 1), end = from + size;
            if (module[at] === 5) {
                const own = [1, 1, ...written(number(module, from + 2)[0]), ...written(PAGES)];
                return new Uint8Array([...module.subarray(0, at), 5, ...written(own.length), ...own, ...module.subarray(end)]);
            }
            at = end;
        }
        return module;
    };
    const Own = self.Response;
    self.Response = function (body, options) {
        const whole = new Own(body).arrayBuffer().then(all => less(new Uint8Array(all)));
        const start = own => whole.then(module => { own.enqueue(module); own.close(); });
        return new Own(new ReadableStream({ start }), options);
    };
    self.Response.prototype = Own.prototype;
})();";

/// A port that fails at every other sample, so that no two can be put together.
fn flickering(name: &str, rows: i64) -> PathBuf {
    let path = folder(name).join("flickering.csv");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    writeln!(file, "time,target,status").unwrap();
    for row in 0..rows {
        let status = if row % 2 == 0 { "up" } else { "down" };
        writeln!(file, "{},port-1,{status}", 1_772_294_400_000 + row * 700 + row * row % 17).unwrap();
    }
    file.flush().unwrap();
    path
}

#[test]
fn a_case_that_takes_more_memory_than_there_is_leaves_the_one_before() {
    // 48 megabytes, for page and worker each.
    let page = with_more_in_boot(&LESS_MEMORY.replace("PAGES", "768"));
    let viewer = folder("memory").join("sla-statement.html");
    fs::write(&viewer, page).unwrap();
    let path = flickering("memory-case", 3_000_000);
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&address(&viewer, PLACE)).wait_for_state("ready");
        let before = verdicts(&browser);
        assert!(!before.is_empty());
        browser.choose_files(&[&path]).wait_for_state("failed");
        let alert = browser.text("[role=alert]");
        assert!(alert.contains("very large") && alert.contains("sla-statement"), "{engine:?}: {alert}");
        browser.click("[role=alert] .quiet-button").wait_for_state("ready");
        assert_eq!(verdicts(&browser), before, "{engine:?}");
        // And it takes what fits.
        browser.choose_files(&demo_files(&format!("memory-demo-{engine:?}"))[..1]).wait_for_state("ready");
        assert_eq!(verdicts(&browser), before, "{engine:?}");
    }
    fs::remove_file(path).ok();
}

/// Files that were made to break readers: each is told of by its name, and none takes the case away.
#[test]
fn bombs_and_broken_archives_are_told_of_and_the_case_stays() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/invalid");
    let folder = folder("bombs");
    let mut files: Vec<PathBuf> =
        ["zip-bomb.zip", "zip-overlapping.zip", "zip-nested.zip", "gzip-damaged.csv.gz", "too-deep.json"]
            .map(|name| samples.join(name))
            .to_vec();
    let deep = folder.join("deep.json");
    fs::write(&deep, format!(r#"{{"schema":"sla-export/1","contract":{}"#, "[".repeat(1 << 20))).unwrap();
    let wide = folder.join("wide.csv");
    fs::write(&wide, format!("time,target,status\n2026-03-01T00:00:00Z,\"{}\",up\n", "x".repeat(10 << 20))).unwrap();
    files.extend([deep, wide]);
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&single_file(PLACE)).wait_for_state("ready");
        let before = verdicts(&browser);
        for file in &files {
            let name = file.file_name().unwrap().to_str().unwrap();
            browser.choose_files(&[file]).wait_for_state("failed");
            let alert = browser.text("[role=alert]");
            assert!(alert.contains(name), "{engine:?}: {name}: {alert}");
            browser.click("[role=alert] .quiet-button:last-child").wait_for_state("ready");
            assert_eq!(verdicts(&browser), before, "{engine:?}: {name}");
        }
    }
}

/// Reports whose case was made to use up memory: each is told of before it does, and the page goes on.
#[test]
fn a_report_that_unpacks_without_end_is_refused_and_the_page_goes_on() {
    let file = report("endless", "en", &demo_files("endless-case"));
    let page = fs::read_to_string(&file).unwrap();
    let (before, rest) = page.split_once("<script id=\"sla-case\"").unwrap();
    // Settings and data are two elements; the viewer follows.
    let after = rest.splitn(3, "</script>").last().unwrap();
    // Rows that are all the same: megabytes in some bytes.
    let rows = CaseFile::new("rows.csv".into(), b"2026-03-01T00:00:00Z,a,up\n".repeat(300_000), None);
    let held = HeldCase::new("lang=en".into(), vec![rows]).unwrap().html();
    let own = "\"bytes\":7800000}";
    assert!(held.len() < 20_000 && held.contains(own), "{} bytes", held.len());
    for (bytes, said) in [
        // More than a report holds, more than the packed bytes can be taken for, and more than the files are told to be.
        (u64::MAX.to_string(), "256 MiB"),
        ((4_u64 << 30).to_string(), "256 MiB"),
        ((200 << 20).to_string(), "256 MiB"),
        ("10".to_owned(), "damaged"),
    ] {
        let told = held.replace(own, &format!("\"bytes\":{bytes}}}"));
        fs::write(&file, [before, &told, after].concat()).unwrap();
        for engine in [Engine::Chromium, Engine::Firefox] {
            let browser = Browser::start(engine);
            browser.open(&address(&file, "")).wait_for_state("failed");
            let alert = browser.text("[role=alert]");
            assert!(alert.contains(said), "{engine:?}, {bytes} bytes: {alert}");
            assert_eq!(browser.count("[data-guarantee]"), 0);
            browser.choose_files(&demo_files(&format!("endless-demo-{engine:?}"))).wait_for_state("ready");
        }
    }
}

#[test]
fn a_tab_that_is_closed_while_it_saves_leaves_a_whole_file_or_none() {
    let files = demo_files("closed-case");
    let expected = fs::read(report("closed", "en", &files)).unwrap();
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&single_file(&fragment("en", "overview"))).wait_for_state("empty");
        browser.choose_files(&files).wait_for_state("ready");
        click_button(&browser, "Save as one file");
        browser.close_tab();
        thread::sleep(Duration::from_secs(3));
        for path in browser.saved() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let unfinished = name.ends_with(".part") || name.ends_with(".crdownload");
            assert!(unfinished || fs::read(&path).unwrap() == expected, "{engine:?} left a part of a file as {name}");
        }
        // The case was not kept anywhere: it is opened again from its files.
        browser.open(&single_file(&format!("#month=2026-03&lang=en&as_of={AS_OF}"))).wait_for_state("empty");
    }
}
