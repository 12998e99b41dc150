//! Whether the monitoring files are the ones that the provider signed: lists of digests, and signatures of minisign.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;

use std::path::Path;

use case::{at, month};
use proptest::prelude::*;
use serde_json::Value;
use sla_statement::assess::{Question, assess};
use sla_statement::contract::SigningKey;
use sla_statement::i18n::Locale;
use sla_statement::import::{Code, Imported, Options, Reader, Refusal, join, sentence};
use sla_statement::record::Record;
use sla_statement::statement::Statement;
use sla_statement::statement::result::ResultDocument;

/// A file of `tests/samples/signed`.
fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/signed").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(name: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    let mut reader = Reader::new(name, Options::default());
    reader.push(bytes)?;
    reader.finish()
}

/// Files of one case, by the names under which they are given.
#[derive(Clone, Default)]
struct Files(Vec<(String, Vec<u8>)>);

impl Files {
    /// The contract, which names the provider's key, and both monitoring files.
    fn new() -> Self {
        Self::default().with("contract.json").with("pings.csv").with("power.csv")
    }

    /// A sample under its own name.
    fn with(self, name: &str) -> Self {
        self.also(name, &sample(name))
    }

    /// A sample as the signature of this file.
    fn signed(self, file: &str, signature: &str) -> Self {
        self.also(&format!("{file}.minisig"), &sample(signature))
    }

    fn also(mut self, name: &str, bytes: &[u8]) -> Self {
        self.0.push((name.to_owned(), bytes.to_vec()));
        self
    }

    /// The file with a line more.
    fn altered(mut self, name: &str, line: &str) -> Self {
        let (_, bytes) = self.0.iter_mut().find(|(own, _)| own == name).expect("a file of that name");
        bytes.extend_from_slice(line.as_bytes());
        self
    }

    fn renamed(mut self, name: &str, to: &str) -> Self {
        self.0.iter_mut().filter(|(own, _)| own == name).for_each(|(own, _)| to.clone_into(own));
        self
    }

    fn record(&self) -> Record {
        let record = |(name, bytes): &(String, Vec<u8>)| read(name, bytes).expect("a file that can be read").record;
        join(self.0.iter().map(record)).expect("one case").record
    }

    fn result(&self) -> Value {
        self.result_of("2026-03")
    }

    fn result_of(&self, of: &str) -> Value {
        let record = self.record();
        let question = Question { month: month(of), as_of: at("2026-05-01 00:00") };
        let assessment = assess(&record, question).expect("a month that can be assessed");
        serde_json::from_str(&ResultDocument::new(&record, &assessment).text()).expect("JSON")
    }

    fn statement(&self, locale: Locale) -> String {
        let record = self.record();
        let question = Question { month: month("2026-03"), as_of: at("2026-05-01 00:00") };
        let assessment = assess(&record, question).expect("a month that can be assessed");
        Statement::new(&record, &assessment, "sha256:0", locale).text()
    }
}

/// The flags of the result that concern signatures.
fn flags(result: &Value) -> Vec<&str> {
    let flags = result["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap());
    flags.filter(|flag| flag.starts_with("SOURCE_")).collect()
}

fn warnings(result: &Value) -> Vec<(&str, u64)> {
    let warnings = result["warnings"].as_array().unwrap().iter();
    let warnings = warnings.map(|own| (own["code"].as_str().unwrap(), own["count"].as_u64().unwrap()));
    warnings.filter(|(code, _)| code.starts_with("SIGNATURE_")).collect()
}

fn status<'a>(result: &'a Value, name: &str) -> Option<&'a str> {
    signature(result, name)["status"].as_str()
}

fn signature<'a>(result: &'a Value, name: &str) -> &'a Value {
    let sources = result["sources"].as_array().unwrap();
    &sources.iter().find(|source| source["name"] == name).expect("a source of that name")["signature"]
}

const UNSIGNED: &str = "SOURCE_UNSIGNED";
const MISMATCH: &str = "SOURCE_DIGEST_MISMATCH";
const KEY: &str = "RWT7CEmJ83DEtcb5O4ShmYzUW0ZXKNKxqgrmZeSx/8jnZ7v6uS2l9CP6";

#[test]
fn a_signed_list_covers_its_files_in_either_form_of_signature() {
    for form in ["SHA256SUMS.minisig", "old-form.minisig", "two-months.minisig"] {
        let result = Files::new().with("SHA256SUMS").signed("SHA256SUMS", form).result();
        assert_eq!(flags(&result), [""; 0], "{form}");
        assert_eq!(warnings(&result), [], "{form}");
        for file in ["pings.csv", "power.csv", "SHA256SUMS", "SHA256SUMS.minisig"] {
            assert_eq!(status(&result, file), Some("verified"), "{form}, {file}");
        }
        assert_eq!(status(&result, "contract.json"), None);
    }
    let result = Files::new().with("SHA256SUMS").signed("SHA256SUMS", "SHA256SUMS.minisig").result();
    let signature = signature(&result, "power.csv");
    assert_eq!(signature["key"], KEY);
    assert_eq!(signature["key_id"], "B5C470F3894908FB");
    assert_eq!(signature["trusted_comment"], "contract:HC-2026-0042 month:2026-03");
}

#[test]
fn a_signature_of_a_file_itself_covers_that_file() {
    let result = Files::new().with("pings.csv.minisig").result();
    assert_eq!((status(&result, "pings.csv"), status(&result, "power.csv")), (Some("verified"), None));
    assert_eq!(flags(&result), [UNSIGNED]);
    assert_eq!(warnings(&result), []);
    let old = Files::new().signed("pings.csv", "pings-old-form.minisig").result();
    assert_eq!((status(&old, "pings.csv"), flags(&old)), (None, vec![UNSIGNED]));
    assert_eq!(warnings(&old), [("SIGNATURE_WITHOUT_FILE", 1)]);
}

#[test]
fn nothing_is_said_where_the_contract_names_no_key_and_nothing_is_signed() {
    let result = Files::default().with("pings.csv").with("power.csv").result();
    assert!(flags(&result).is_empty() && warnings(&result).is_empty());
    assert!(!result.to_string().contains("signature"));
}

#[test]
fn a_named_key_makes_unsigned_monitoring_data_a_flag_and_the_contract_is_none() {
    assert_eq!(flags(&Files::new().result()), [UNSIGNED]);
    assert_eq!(flags(&Files::default().with("contract.json").result()), [""; 0]);
    let listed = br#"{ "schema": "sla-export/1", "outages": [] }"#;
    assert_eq!(flags(&Files::default().with("contract.json").also("outages.json", listed).result()), [UNSIGNED]);
    assert_eq!(
        flags(&Files::new().with("SHA256SUMS").result()),
        [UNSIGNED],
        "a list that nobody signed covers nothing"
    );
}

#[test]
fn another_key_is_not_checked_and_never_an_accusation() {
    let files = Files::new().with("SHA256SUMS").signed("SHA256SUMS", "other-key.minisig");
    let result = files.result();
    assert_eq!(status(&result, "SHA256SUMS.minisig"), Some("unknown_key"));
    assert_eq!(status(&result, "pings.csv"), None);
    assert_eq!(signature(&result, "SHA256SUMS.minisig")["trusted_comment"], Value::Null, "nobody proved it");
    assert_eq!(warnings(&result), [("SIGNATURE_UNKNOWN_KEY", 1)]);
    assert_eq!(flags(&result), [UNSIGNED]);
    let without_key = Files(files.0.into_iter().filter(|(name, _)| name != "contract.json").collect());
    assert_eq!(flags(&without_key.result()), [""; 0]);
}

#[test]
fn a_signature_for_another_contract_or_month_does_not_count_and_says_why() {
    for (form, expected, warning) in [
        ("other-contract.minisig", "wrong_contract", "SIGNATURE_WRONG_CONTRACT"),
        ("usual-comment.minisig", "wrong_contract", "SIGNATURE_WRONG_CONTRACT"),
        ("other-month.minisig", "wrong_month", "SIGNATURE_WRONG_MONTH"),
    ] {
        let result = Files::new().with("SHA256SUMS").signed("SHA256SUMS", form).result();
        assert_eq!(status(&result, "pings.csv"), Some(expected), "{form}");
        assert_eq!(warnings(&result), [(warning, 2)], "{form}");
        assert_eq!(flags(&result), [UNSIGNED], "{form}");
    }
    let both = Files::new().with("SHA256SUMS").signed("SHA256SUMS", "other-month.minisig");
    let both = both.also("again.minisig", &sample("SHA256SUMS.minisig")).result();
    assert_eq!((status(&both, "pings.csv"), flags(&both)), (Some("verified"), Vec::new()));
}

#[test]
fn data_of_another_month_needs_no_signature_for_this_one() {
    let files = Files::new().with("SHA256SUMS").signed("SHA256SUMS", "SHA256SUMS.minisig");
    let february = b"time,target,status\n2026-02-10T00:00:00+08:00,port-1,up\n2026-02-10T00:05:00+08:00,port-1,up\n";
    let files = files.also("february.csv", february);
    assert_eq!(flags(&files.result()), [""; 0]);
    let result = files.result_of("2026-02");
    assert_eq!(flags(&result), [UNSIGNED]);
    assert_eq!(warnings(&result), [], "the files of March are no matter of February");
}

#[test]
fn an_altered_file_under_the_listed_name_is_told() {
    let row = "2026-03-01T03:00:00+08:00,port-1,down,\n";
    let signed = Files::new().with("SHA256SUMS").signed("SHA256SUMS", "SHA256SUMS.minisig").altered("pings.csv", row);
    assert_eq!(flags(&signed.result()), [UNSIGNED, MISMATCH]);
    assert_eq!(status(&signed.result(), "pings.csv"), None);
    let unsigned = Files::default().with("pings.csv").with("power.csv").with("SHA256SUMS").altered("pings.csv", row);
    assert_eq!(flags(&unsigned.result()), [MISMATCH], "the list tells, even where nobody signed it");
    let direct = Files::new().with("pings.csv.minisig").altered("pings.csv", row).result();
    assert_eq!(flags(&direct), [UNSIGNED, MISMATCH]);
    assert_eq!(warnings(&direct), [("SIGNATURE_WITHOUT_FILE", 1)]);
    let renamed = signed.renamed("pings.csv", "other.csv").result();
    assert_eq!(flags(&renamed), [UNSIGNED], "under another name it is only a file that nobody signed");
}

#[test]
fn an_altered_list_is_told_in_either_form_of_signature() {
    for form in ["SHA256SUMS.minisig", "old-form.minisig"] {
        let files = Files::new().with("SHA256SUMS").signed("SHA256SUMS", form);
        let line = format!("{}  pings.csv\n", "0".repeat(64));
        let result = files.altered("SHA256SUMS", &line).result();
        assert_eq!(flags(&result), [UNSIGNED, MISMATCH], "{form}");
        assert_eq!(warnings(&result), [("SIGNATURE_WITHOUT_FILE", 1)], "{form}");
        assert_eq!(status(&result, "SHA256SUMS.minisig"), Some("without_file"), "{form}");
    }
}

#[test]
fn a_list_of_ones_own_does_not_hide_that_a_file_is_not_the_signed_one() {
    let row = "2026-03-01T03:00:00+08:00,port-1,down,\n";
    let files = Files::new().with("SHA256SUMS").signed("SHA256SUMS", "SHA256SUMS.minisig").altered("pings.csv", row);
    let digest = read("pings.csv", &files.0[1].1).unwrap().digest;
    let result = files.also("mine", format!("{digest}  pings.csv\n").as_bytes()).result();
    assert_eq!(flags(&result), [UNSIGNED, MISMATCH]);
}

#[test]
fn files_in_a_zip_are_covered_and_compared_like_any_other() {
    let zipped = Files::default().with("contract.json").with("month.zip");
    let result = zipped.result();
    assert_eq!((flags(&result), status(&result, "exports/pings.csv")), (Vec::new(), Some("verified")));
    let files = Files::default().with("SHA256SUMS").with("pings.csv").renamed("pings.csv", "exports/pings.csv");
    let altered = files.altered("exports/pings.csv", "2026-03-01T03:00:00+08:00,port-1,down,\n");
    assert_eq!(flags(&altered.result()), [MISMATCH]);
}

#[test]
fn files_of_one_name_in_two_folders_are_told_apart_by_their_digest() {
    let folders = |name: &str| String::from_utf8(sample(name)).unwrap().replace("  p", "  march/p");
    let list = folders("SHA256SUMS") + &format!("{}  february/pings.csv\n", "0".repeat(64));
    let files = Files::default().with("pings.csv").with("power.csv").also("SHA256SUMS", list.as_bytes());
    assert_eq!(flags(&files.result()), [""; 0]);
}

#[test]
fn an_altered_comment_or_signature_is_invalid() {
    let text = String::from_utf8(sample("other-month.minisig")).unwrap();
    let forged = text.replace("month:2026-02", "month:2026-03");
    let result = Files::new().with("SHA256SUMS").also("SHA256SUMS.minisig", forged.as_bytes()).result();
    assert_eq!(status(&result, "SHA256SUMS.minisig"), Some("invalid"));
    assert_eq!(warnings(&result), [("SIGNATURE_INVALID", 1)]);
    assert_eq!(flags(&result), [UNSIGNED]);
    let comment = text.replace("untrusted comment: ", "untrusted comment: anything ");
    let result = Files::new().with("SHA256SUMS").also("SHA256SUMS.minisig", comment.as_bytes()).result();
    assert_eq!(status(&result, "pings.csv"), Some("wrong_month"), "the untrusted comment is nobody's word");
}

#[test]
fn names_and_order_of_signed_files_make_no_difference_to_the_digest() {
    let files = Files::new().with("SHA256SUMS").signed("SHA256SUMS", "SHA256SUMS.minisig").with("pings.csv.minisig");
    let digest = files.result()["digest"].clone();
    let mut backwards = files.clone();
    backwards.0.reverse();
    assert_eq!(backwards.result()["digest"], digest);
    let renamed = files.renamed("pings.csv", "a").renamed("SHA256SUMS", "b").renamed("SHA256SUMS.minisig", "c");
    assert_eq!(renamed.result()["digest"], digest);
}

#[test]
fn every_form_of_a_list_is_read_and_other_lines_are_rejected() {
    let list = |bytes: &[u8]| read("list", bytes).unwrap();
    let gnu = list(&sample("SHA256SUMS"));
    let bsd = list(&sample("SHA256SUMS.bsd"));
    let binary = String::from_utf8(sample("SHA256SUMS")).unwrap().replace("  ", " *exports/").replace('\n', "\r\n");
    let files = |imported: &Imported| imported.record.manifests[0].files.clone();
    assert_eq!(files(&gnu).len(), 2);
    assert_eq!(files(&bsd), files(&gnu));
    assert_eq!(files(&list(binary.as_bytes())), files(&gnu));
    let mut spoilt = sample("SHA256SUMS");
    spoilt.extend_from_slice(b"# a note\n");
    let spoilt = list(&spoilt);
    assert_eq!((files(&spoilt), spoilt.rejected.len()), (files(&gnu), 1));
    assert_eq!(spoilt.rejected[0].code, Code::LineMalformed);
    let huge = sample("SHA256SUMS").repeat(8_000);
    assert_eq!(read("list", &huge).unwrap_err().diagnostics[0].code, Code::TooLarge);
}

#[test]
fn nothing_of_a_secret_key_is_shown() {
    let secret = "untrusted comment: minisign encrypted secret key\nRWRTY0IyS3VwZXJTZWNyZXQ=\n";
    let refusal = read("minisign.key", secret.as_bytes()).unwrap_err();
    assert_eq!(refusal.diagnostics[0].code, Code::SignatureMalformed);
    assert!(Locale::ALL.iter().all(|locale| !sentence(&refusal.diagnostics[0], *locale).contains("RWRT")));
}

#[test]
fn a_file_too_large_to_be_signed_itself_is_covered_by_a_list_and_accused_by_nobody() {
    let large = [sample("pings.csv"), b"\n".repeat(9 << 20)].concat();
    let files = Files::default().with("contract.json").also("pings.csv", &large).with("pings.csv.minisig");
    let result = files.result();
    assert_eq!(flags(&result), [UNSIGNED]);
    assert_eq!(warnings(&result), [("SIGNATURE_WITHOUT_FILE", 1)]);
    assert!(files.record().sources.values().filter(|source| source.blake2b.is_none()).count() == 1);
}

#[test]
fn keys_are_read_and_written_as_minisign_does() {
    let key: SigningKey = KEY.parse().unwrap();
    assert_eq!((key.to_string().as_str(), key.id.to_string().as_str()), (KEY, "B5C470F3894908FB"));
    for wrong in ["", "RWT7", "RUT7CEmJ83DEtcb5O4ShmYzUW0ZXKNKxqgrmZeSx/8jnZ7v6uS2l9CP6", &format!("{KEY}AAAA")] {
        assert!(wrong.parse::<SigningKey>().is_err(), "{wrong}");
    }
}

#[test]
fn the_paper_says_of_each_file_who_signed_it() {
    let signed = Files::new().with("SHA256SUMS").signed("SHA256SUMS", "SHA256SUMS.minisig");
    let altered = signed.clone().altered("pings.csv", "2026-03-01T03:00:00+08:00,port-1,down,\n");
    let unsigned = Files::new();
    for locale in Locale::ALL {
        let words = &locale.texts().statement;
        let line = |text: &str, name: &str| text.replace("{name}", name);
        let comment = "contract:HC-2026-0042 month:2026-03";
        let own = words.source_signed.replace("{key}", KEY).replace("{comment}", comment);
        let text = signed.statement(locale);
        assert!(text.contains(&line(&own, "pings.csv")) && text.contains(&line(&own, "SHA256SUMS")), "{text}");
        assert!(!text.contains(&line(words.source_not_signed, "pings.csv")));
        assert!(!text.contains(&line(words.source_not_signed, "contract.json")));
        let text = altered.statement(locale);
        assert!(text.contains(&line(words.source_not_signed, "pings.csv")));
        assert!(text.contains(&line(words.source_not_the_signed, "pings.csv")));
        assert!(text.contains(&line(&own, "power.csv")));
        assert!(unsigned.statement(locale).contains(&line(words.source_not_signed, "power.csv")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_signature_changed_anywhere_is_refused_or_not_believed(
        form in prop::sample::select(vec!["SHA256SUMS.minisig", "old-form.minisig"]), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut bytes = sample(form);
        let untrusted = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let end = bytes.len() - 1;
        let at = untrusted + at.index(end - untrusted);
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let Ok(changed) = read("SHA256SUMS.minisig", &bytes) else { return Ok(()) };
        prop_assert_eq!(changed.record.signatures.len(), 1);
        let result = Files::new().with("SHA256SUMS").also("SHA256SUMS.minisig", &bytes).result();
        prop_assert_ne!(status(&result, "pings.csv"), Some("verified"));
        prop_assert!(flags(&result).contains(&UNSIGNED));
    }

    #[test]
    fn every_line_of_a_list_is_taken_or_counted_as_rejected(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        let mut list = sample("SHA256SUMS");
        let first = list.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let at = first + at.index(list.len() - first);
        list.splice(at..at, bytes);
        let imported = read("SHA256SUMS", &list).unwrap();
        let source = imported.record.sources.get(&imported.digest).unwrap();
        let lines = list.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
        prop_assert_eq!(source.accepted + source.rejected, lines as u64);
        prop_assert_eq!(source.accepted, imported.record.manifests[0].files.len() as u64);
    }
}
