//! Order in the texts and between the modules: what no compiler sees.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sla_statement::agreement::Edition;
use sla_statement::i18n::{Locale, Texts};

/// Every text of a language, with its area and key.
fn entries(texts: &Texts) -> Vec<(String, &'static str)> {
    let areas = [
        ("agreement", texts.agreement.entries()),
        ("app", texts.app.entries()),
        ("chart", texts.chart.entries()),
        ("cli", texts.cli.entries()),
        ("diagnostic", texts.diagnostic.entries()),
        ("reading", texts.reading.entries()),
        ("statement", texts.statement.entries()),
    ];
    let named = areas
        .into_iter()
        .flat_map(|(area, entries)| entries.into_iter().map(move |(key, text)| (format!("{area}.{key}"), text)));
    named.collect()
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_text_has_the_same_places_in_every_language() {
    let [first, rest @ ..] = Locale::ALL.map(|locale| entries(locale.texts()));
    for other in rest {
        for ((key, text), (_, translated)) in first.iter().zip(other) {
            assert_eq!(places(text), places(translated), "{key}: {translated}");
        }
    }
}

#[test]
fn no_text_is_empty() {
    for locale in Locale::ALL {
        for (key, text) in entries(locale.texts()) {
            assert!(!text.trim().is_empty(), "{key} in {}", locale.tag());
        }
    }
}

/// Characters that differ between the scripts, the traditional one first. 系, 托, 柜, 臺 and others stand in both.
const PAIRS: &str = "個个與与機机為为這这們们來来對对開开關关間间時时長长門门問问無无會会說说請请讀读寫写數数據据網网絡络聯联通\
    通電电報报務务質质證证實实際际準准則则條条約约協协議议書书簽签訂订點点計计算算減减費费額额單单雙双執执頁页應应當当從从後后還还進进過过\
    達达選选設设備备環环號号碼码幣币萬万億亿貳贰陸陆圓圆類类別别語语種种資资料料檔档專专員员誤误確确認认發发現现見见視视觀观測测範范圍围權权\
    標标題题結结論论構构規规總总統统維维護护難难離离鐘钟針针錯错頭头顯显響响動动態态斷断續续驗验極极樣样氣气決决滿满濟济熱热爭争狀状獨独\
    獲获產产異异當当穩稳紀纪級级組组細细終终經经綠绿線线練练縮缩聲声職职臨临舊旧藝艺處处衝冲補补複复製制覆覆詞词試试詳详該该誌志調调謂谓譯译變变讓让負负財财責责貨货買买費费賣卖贊赞輸输辦办\
    農农遞递適适遲迟鄰邻鎖锁鏡镜閉闭陽阳隊队階阶隨随險险雜杂須须順顺預预領领頻频願愿顧顾風风飛飞馬马駐驻體体齊齐";

#[test]
fn no_character_of_one_chinese_script_stands_in_the_other() {
    let letters: Vec<char> = PAIRS.chars().filter(|letter| !letter.is_whitespace()).collect();
    let pairs: Vec<(char, char)> = letters.chunks(2).map(|pair| (pair[0], pair[1])).filter(|(a, b)| a != b).collect();
    assert!(pairs.len() > 180);
    for (key, text) in entries(Locale::ZhHant.texts()) {
        // 后, 复, 制 and others are traditional characters too, of another meaning.
        let foreign = pairs
            .iter()
            .map(|pair| pair.1)
            .filter(|letter| !"后复制志准范面系冲获".contains(*letter))
            .find(|letter| text.contains(*letter));
        assert_eq!(foreign, None, "{key}: {text}");
    }
    let rendering = ("agreement/zh-Hans.txt".to_owned(), Edition::Simplified.text());
    for (key, text) in entries(Locale::ZhHans.texts()).into_iter().chain([rendering]) {
        let foreign = pairs.iter().map(|pair| pair.0).find(|letter| text.contains(*letter));
        assert_eq!(foreign, None, "{key}: {text}");
    }
}

/// The one straight way: each module and those that it may use. No module knows a later one.
const USES: [(&str, &[&str]); 16] = [
    ("sorted", &[]),
    ("time", &["sorted"]),
    ("contract", &["time"]),
    ("agreement", &[]),
    ("record", &["sorted", "time", "contract"]),
    ("i18n", &["time"]),
    ("import", &["sorted", "time", "contract", "record", "i18n"]),
    ("assess", &["sorted", "time", "contract", "record"]),
    ("chart", &["sorted", "time", "record", "i18n", "assess"]),
    ("statement", &["sorted", "time", "contract", "agreement", "record", "i18n", "assess", "chart"]),
    ("paper", &["sorted", "i18n", "chart", "statement"]),
    ("report", &["sorted", "time", "record", "i18n", "import", "statement", "paper"]),
    ("demo", &["time"]),
    ("view", &["sorted", "time", "contract", "agreement", "record", "i18n", "assess", "statement", "chart"]),
    ("worker", &["time", "record", "import", "report"]),
    (
        "app",
        &[
            "sorted",
            "time",
            "contract",
            "agreement",
            "record",
            "i18n",
            "import",
            "assess",
            "statement",
            "chart",
            "paper",
            "report",
            "demo",
            "view",
            "worker",
        ],
    ),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below a path, which may be a file itself.
fn rust_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries =
        fs::read_dir(path).map(|entries| entries.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default();
    let entries: Vec<PathBuf> = entries;
    let files = entries.iter().flat_map(|entry| rust_files(entry));
    files.filter(|file| file.extension().is_some_and(|ending| ending == "rs")).collect()
}

#[test]
fn no_module_knows_a_later_one() {
    let mut seen = 0;
    for (module, allowed) in USES {
        let files = [source().join(module), source().join(format!("{module}.rs"))];
        for file in files.iter().flat_map(|path| rust_files(path)) {
            for used in fs::read_to_string(&file).unwrap().split("crate::").skip(1) {
                let used: String =
                    used.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                assert!(used == module || allowed.contains(&used.as_str()), "{} uses {used}", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "the paths were looked at: {seen}");
    let modules: BTreeSet<String> = fs::read_to_string(source().join("lib.rs"))
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").map(|name| name.trim_end_matches(';').to_owned()))
        .collect();
    let listed: BTreeSet<String> = USES.iter().map(|(module, _)| (*module).to_owned()).collect();
    assert_eq!(modules, listed, "every module has its place on the way");
}

/// Whatever stands within the braces of `view!` is shown, and a method that is meant to follow them is then a text.
#[test]
fn no_rust_is_shown_as_text() {
    for file in ["app", "view"].iter().flat_map(|module| rust_files(&source().join(module))) {
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0].ends_with('>')) {
            assert!(!pair[1].starts_with('.'), "{} shows `{}`", file.display(), pair[1]);
        }
    }
}

#[test]
fn nothing_from_data_becomes_markup() {
    for file in ["app", "view", "worker"].iter().flat_map(|module| rust_files(&source().join(module))) {
        let text = fs::read_to_string(&file).unwrap();
        for forbidden in ["inner_html", "set_outer_html", "insert_adjacent_html", "document.write"] {
            assert!(!text.contains(forbidden), "{} uses {forbidden}", file.display());
        }
    }
}
