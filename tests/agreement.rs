//! The agreement's text as data: every point has its address, in the original and in both renderings.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};
use sla_statement::agreement::{Edition, Passage, Point, passages};
use sla_statement::assess::{Article, Clause, Flag, LineKind, Missing};
use sla_statement::contract::{Contract, PolicyKey, Terms};
use sla_statement::i18n::Locale;
use sla_statement::record::{Digest, ForceMajeure};
use sla_statement::statement::{basis, reading, wording};

fn lines(edition: Edition) -> Vec<&'static str> {
    edition.text().lines().collect()
}

fn passage(address: &str) -> Passage {
    let point = Point::find(address).unwrap_or_else(|| panic!("{address} is not found"));
    passages().into_iter().find(|passage| passage.point == point).unwrap()
}

fn original(address: &str) -> String {
    passage(address).text(Edition::Original).collect()
}

#[test]
fn the_original_is_what_was_signed_letter_for_letter() {
    let digest = Digest::new(Sha256::digest(Edition::Original.text()).into());
    assert_eq!(digest.to_string(), "b55d11cfe1b6dc3e08df45a17ee23199ea493e2c5c809e330dc203affa66d6c4");
}

#[test]
fn every_line_of_the_original_is_rendered_on_the_same_line() {
    let signed = lines(Edition::Original);
    for edition in Edition::ALL {
        let rendered = lines(edition);
        assert_eq!(rendered.len(), signed.len(), "{}", edition.tag());
        for (number, (line, own)) in signed.iter().zip(rendered).enumerate() {
            assert_eq!(line.is_empty(), own.is_empty(), "{} line {}", edition.tag(), number + 1);
        }
    }
}

#[test]
fn every_line_belongs_to_one_passage() {
    let mut covered = vec![0; lines(Edition::Original).len()];
    for passage in passages() {
        passage.lines.for_each(|line| covered[line] += 1);
    }
    for (number, (line, count)) in lines(Edition::Original).into_iter().zip(covered).enumerate() {
        assert!(line.is_empty() || count == 1, "line {} stands in {count} passages: {line}", number + 1);
    }
}

#[test]
fn every_point_has_an_address_of_its_own_and_words_in_three_languages() {
    let mut seen = BTreeSet::new();
    for passage in passages() {
        let address = passage.point.to_string();
        assert!(seen.insert(address.clone()), "{address} stands twice");
        assert_eq!(Point::find(&address), Some(passage.point));
        for edition in Edition::ALL {
            assert!(passage.text(edition).any(|line| !line.trim().is_empty()), "{address} in {}", edition.tag());
        }
    }
    let headings: Vec<u8> = passages()
        .iter()
        .map(|own| own.point)
        .filter(|own| *own == Point::heading(own.article()))
        .map(Point::article)
        .collect();
    assert_eq!(headings, (0..=11).collect::<Vec<u8>>(), "eleven articles and what stands before them");
}

#[test]
fn points_are_found_as_the_agreement_counts_them() {
    for (address, start) in [
        ("0", "主機托管服務品質協議書"),
        ("1", "第一條 網絡聯通性保證"),
        ("1.5", "五、乙方經甲方同意進行網絡維護"),
        ("1.10", "十、甲方導致的其它原因。"),
        ("2.4.3", "4.3 甲方的疏忽"),
        ("3.1.1.2", "1.1.2 焦點標準系統軟件安裝,調試"),
        ("3.end", "若乙方未能按照上述規定完成初裝工作"),
        ("4.9", "九、甲方每天最多只能獲得1次扣減"),
        ("5.1.6", "6.保證為甲方指定客戶服務專員"),
        ("7.2", "2.乙方工程師在得到授權后30分鐘內"),
        ("8.1.3", "3.技術支持質量"),
        ("9.end", "預計進入時間預計辭出時間所需協同作業"),
        ("10.1.4", "1.4 電信線路被人為破壞"),
        ("11", "第十一條 本協議有效期一年。"),
        ("11.end", "本協議一式二份,甲乙雙方各執一份。甲方(蓋章)"),
    ] {
        assert!(original(address).starts_with(start), "{address}: {}", original(address));
    }
    for nonsense in ["", "12", "1.11", "1.5.1", "01", "1.05", "end", "1.end", "2.4.3 ", "一"] {
        assert_eq!(Point::find(nonsense), None, "{nonsense}");
    }
}

#[test]
fn numbers_of_points_are_the_same_in_the_english_rendering() {
    for passage in passages().iter().filter(|passage| passage.point.depth() > 0) {
        let line = passage.text(Edition::English).next().unwrap();
        let number = line.split([' ', ')']).next().unwrap().trim_matches(['(', '.']).to_owned();
        let address = passage.point.to_string();
        assert!(address.ends_with(&format!(".{number}")), "{address}: {line}");
    }
}

/// The words of the statement are those of the clause that the page links to.
#[test]
fn an_exclusion_leads_to_the_clause_whose_words_it_bears() {
    let texts = Locale::ZhHant.texts();
    let bare = |text: &str| text.replace(['有', '由', '的', '所', ',', ';', '。', '引', '起', '、'], "");
    for clause in Clause::NETWORK.into_iter().chain(Clause::POWER) {
        let address = basis::clause(clause).to_string();
        if matches!(clause, Clause::NetworkReport | Clause::PowerReport) {
            assert!(original(&address).contains("5天之內"), "{clause}");
        } else {
            let (found, said) = (bare(&original(&address)), bare(wording::clause(clause, texts)));
            assert!(found.ends_with(&said), "{clause} leads to {found}, not to {said}");
        }
    }
}

#[test]
fn whatever_rests_on_the_agreement_leads_to_a_point_that_is_there() {
    let mut points: Vec<(String, Point)> = Vec::new();
    for article in Article::ALL {
        points.push((format!("{article:?}"), basis::promise(article)));
        let flags = Flag::ALL.iter().filter_map(|flag| Some((flag.as_str().to_owned(), basis::flag(*flag, article)?)));
        points.extend(flags);
    }
    points.extend(ForceMajeure::ALL.map(|category| (category.as_str().to_owned(), basis::force_majeure(category))));
    for article in Article::ALL {
        points.push((format!("cases of {article:?}"), basis::cases(article)));
        points.extend(Missing::ALL.iter().map(|part| (part.as_str().to_owned(), basis::missing(*part, article))));
    }
    points.push(("waiver".to_owned(), basis::remedy(Article::Power, LineKind::RentWaiver)));
    points.push(("refund".to_owned(), basis::remedy(Article::Installation, LineKind::SetupFeeRefund)));
    for key in PolicyKey::ALL {
        assert!(!reading::points(*key).is_empty(), "{} changes the reading of no point", key.as_str());
        points.extend(reading::points(*key).iter().map(|point| (key.as_str().to_owned(), *point)));
    }
    let terms = reading::terms(&Terms::default(), &Locale::En.texts().statement);
    points.extend(terms.iter().flat_map(|term| term.points.iter().map(|point| (term.name.to_owned(), *point))));
    for (what, point) in points {
        assert_eq!(Point::find(&point.to_string()), Some(point), "{what} leads to {point}, which is not there");
    }
}

#[test]
fn every_reading_stands_at_a_point_and_every_policy_beside_a_reading() {
    for locale in Locale::ALL {
        let texts = &locale.texts().reading;
        let shown: BTreeSet<&str> = passages().iter().filter_map(|own| reading::reading(own.point, texts)).collect();
        let around = [
            "view_note",
            "translation_note",
            "contents",
            "reading",
            "policies",
            "month",
            "excluded",
            "claimed",
            "nothing_excluded",
            "force_majeure_claims",
            "lacking",
            "terms_differ",
            "closing_reference",
        ];
        for (key, text) in texts.entries().into_iter().filter(|(key, _)| !around.contains(key)) {
            assert!(shown.contains(text), "{key} in {} is shown nowhere", locale.tag());
        }
        for key in PolicyKey::ALL {
            for point in reading::points(*key) {
                assert!(
                    reading::reading(*point, texts).is_some(),
                    "{} stands at {point} without a reading",
                    key.as_str()
                );
            }
        }
    }
}

#[test]
fn a_reading_other_than_the_default_is_said_with_the_default() {
    let mut contract = Contract::default();
    let words = &Locale::En.texts().statement;
    let said = |contract: &Contract| reading::in_force(&contract.policy, PolicyKey::ThresholdRule, words);
    assert_eq!(said(&contract), "both rules must be met (both)");
    contract.policy.set("net.threshold_rule", &"percent".into()).unwrap();
    assert_eq!(
        said(&contract),
        "※ only the percentage rule applies (percent); by default both rules must be met (both)"
    );
    contract.terms.network_minutes = 60;
    let terms = reading::terms(&contract.terms, words);
    let differing: Vec<_> =
        terms.iter().filter(|term| term.differs()).map(|term| (&*term.usual, &*term.agreed)).collect();
    assert_eq!(differing, [("44", "60")]);
}

#[test]
fn points_are_named_as_each_language_names_them() {
    let named = |address: &str| Locale::ALL.map(|locale| basis::reference(Point::find(address).unwrap(), locale));
    assert_eq!(named("2.4.3"), ["第二條第4.3點", "第二条第4.3点", "Article 2.4.3"]);
    assert_eq!(named("11"), ["第十一條", "第十一条", "Article 11"]);
    assert_eq!(named("3.end"), ["第三條末段", "第三条末段", "Article 3, end"]);
}
