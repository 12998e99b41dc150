//! Every choice of paper comes out of both browsers' printers as it was chosen.

use crate::{
    harness::{Browser, Engine},
    paper::Pdf,
    site::single_file,
};

const A4: (u32, u32) = (595, 842);
const LETTER: (u32, u32) = (612, 792);

#[test]
fn both_browsers_print_the_same_on_every_page() {
    let print = |engine: Engine| {
        let browser = Browser::start(engine);
        browser.open(&single_file("?demo#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z"));
        browser.wait_for_state("ready");
        ["zh-Hant", "en"].map(|language| (language, printed(&browser, language, "a4")))
    };
    for ((language, one), (_, other)) in print(Engine::Chromium).into_iter().zip(print(Engine::Firefox)) {
        assert_eq!(one.pages.len(), other.pages.len(), "{} and {}", one.path.display(), other.path.display());
        for (at, (one, other)) in one.ink().into_iter().zip(other.ink()).enumerate() {
            let bands = one.iter().zip(&other).filter(|(one, other)| (**one == 0) != (**other == 0)).count();
            assert!(
                bands <= 4,
                "{language}, page {}: {bands} bands hold ink in one browser only\n{one:?}\n{other:?}",
                at + 1
            );
        }
    }
}

/// Shows the demo's statement in that language on that paper and prints it.
fn printed(browser: &Browser, language: &str, paper: &str) -> Pdf {
    browser.run(&format!(
        "location.hash = '#month=2026-03&lang={language}&view=statement&paper={paper}&as_of=2026-04-20T00:00:00Z'"
    ));
    let document = ["zh-Hant", "zh-Hans", "en"].into_iter().find(|own| paper.contains(own)).unwrap_or(language);
    let size = paper.split(',').next().unwrap_or_default();
    browser.wait_until(&format!(
        "return document.documentElement.lang === '{language}'
            && !!document.querySelector('.statement-print[data-paper={size}]:lang({document})')"
    ));
    let name = format!("paper-{:?}-{language}-{}", browser.engine(), paper.replace(',', "-"));
    browser.print_pdf(&name)
}

fn check(browser: &Browser, pdf: &Pdf, size: (u32, u32), blanks: usize) {
    let what = pdf.path.display();
    let sheets = browser.count(".sheet");
    assert_eq!(pdf.pages.len(), sheets + blanks, "{what}: pages of paper and sheets");
    for own in &pdf.sizes {
        assert!(own.0.abs_diff(size.0) < 2 && own.1.abs_diff(size.1) < 2, "{what}: a page is {own:?}");
    }
    let too_full = "document.querySelectorAll('.sheet').forEach(own => { own.style.contentVisibility = 'visible'; });
        return [...document.querySelectorAll('.sheet > div')].filter(own => own.scrollHeight > own.clientHeight + 1
        || own.scrollWidth > own.clientWidth + 1).map(own => own.textContent.slice(0, 60))";
    assert_eq!(browser.run(too_full).as_array().map(Vec::len), Some(0), "{what}: sheets that are too full");
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn prints_as_chosen(engine: Engine) {
    let browser = Browser::start(engine);
    browser.resize(1440, 900);
    browser.open(&single_file("?demo#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z"));
    browser.wait_for_state("ready");
    for language in ["zh-Hant", "zh-Hans", "en"] {
        let full = printed(&browser, language, "a4");
        check(&browser, &full, A4, 0);
        let letter = printed(&browser, language, "letter,colour,unbound");
        check(&browser, &letter, LETTER, 0);
        let summary = printed(&browser, language, "letter,summary,own-page,inner");
        let copy = browser.count(".sheet") / 2;
        check(&browser, &summary, LETTER, copy % 2);
        let second = bare(&summary.pages[copy + copy % 2]);
        let number = browser.run("return document.querySelector('.sheet > footer > :last-child').textContent");
        // What Firefox prints cannot be read back: some letters come as others, or as none.
        let readable = engine == Engine::Chromium;
        assert!(
            !readable || second.contains(&bare(number.as_str().unwrap())),
            "the second copy begins on a front: {second}"
        );
        assert!(summary.pages.len() < full.pages.len() / 2, "{} pages are no summary", summary.pages.len());
    }
    let other = printed(&browser, "zh-Hans", "a4,en");
    check(&browser, &other, A4, 0);
    assert!(other.text().contains(&bare("Network connectivity guarantee: Breached")), "the document's own language");
    assert_eq!(browser.text(".views [aria-current]"), "声明书", "the screen's");
}

#[test]
fn chromium_prints_on_the_paper_that_was_chosen() {
    prints_as_chosen(Engine::Chromium);
}

#[test]
fn firefox_prints_on_the_paper_that_was_chosen() {
    prints_as_chosen(Engine::Firefox);
}

#[test]
fn a_signature_page_of_its_own_holds_nothing_else() {
    let browser = Browser::chromium();
    browser.resize(1440, 900);
    browser.open(&single_file("?demo#month=2026-03&lang=zh-Hant&view=overview&as_of=2026-04-20T00:00:00Z"));
    browser.wait_for_state("ready");
    let pdf = printed(&browser, "zh-Hant", "a4,own-page");
    let pages: Vec<String> = pdf.pages.iter().map(|page| bare(page)).collect();
    let signed: Vec<&String> = pages.iter().filter(|page| page.contains("甲方(蓋章)")).collect();
    assert_eq!(signed.len(), 2, "one in each copy");
    for page in signed {
        assert!(page.contains("（此頁無正文，為《服務品質月度符合性聲明》（2026年3月）簽署頁）"), "{page}");
        assert!(!page.contains("減免") && !page.contains("附件"), "{page}");
    }
}

#[test]
fn what_is_chosen_on_the_page_shows_in_the_sheets_and_lasts() {
    let browser = Browser::chromium();
    browser.open(&single_file("?demo#month=2026-03&lang=en&view=statement&as_of=2026-04-20T00:00:00Z"));
    browser.wait_for_state("ready");
    let all = browser.count(".sheet");
    browser.select(".paper-choice select[name=extent]", "summary");
    browser.wait_until(&format!("return document.querySelectorAll('.sheet').length < {all}"));
    assert_eq!(
        browser.run("return document.activeElement.name"),
        "extent",
        "the focus stays where the choice was made"
    );
    browser.select(".paper-choice select[name=document]", "zh-Hant");
    browser.wait_until("return document.querySelector('.statement-print').lang === 'zh-Hant'");
    let there = browser.run("return location.hash").as_str().unwrap_or_default().to_owned();
    assert!(there.contains("paper=a4,summary,zh-Hant"), "{there}");
    browser.select(".paper-choice select[name=document]", "screen");
    browser.wait_until("return document.querySelector('.statement-print').lang === 'en'");
}
