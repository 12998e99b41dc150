//! Any bytes, as the files of a report: they come out as they went in. As what a report holds, whole or damaged: nothing comes
//! out but what went in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sla_statement::report::{CaseFile, HeldCase, base128};

/// The texts of the two elements.
fn elements(html: &str) -> (String, String) {
    let mut texts = html.split("<script ").skip(1).map(|own| {
        let text = own.split_once('>').and_then(|(_, rest)| rest.split_once("</script>"));
        text.expect("an element").0.to_owned()
    });
    (texts.next().expect("the settings"), texts.next().expect("the data"))
}

/// Other letters in some places.
fn damaged(data: &str, by: &[u8]) -> String {
    let mut text: Vec<char> = data.chars().collect();
    for own in by.chunks_exact(3).take(4) {
        let place = usize::from(own[0]) << 8 | usize::from(own[1]);
        let length = text.len().max(1);
        if let Some(letter) = text.get_mut(place % length) {
            *letter = char::from(own[2]);
        }
    }
    text.into_iter().collect()
}

fuzz_target!(|bytes: &[u8]| {
    let (name, rest) = bytes.split_at(bytes.len().min(3));
    let name = String::from_utf8_lossy(name).into_owned();
    let files = rest.split(|byte| *byte == 0xff).map(|own| CaseFile::new(name.clone(), own.to_vec(), None)).collect();
    let Ok(case) = HeldCase::new("month=2026-03".to_owned(), files) else { return };
    let (settings, data) = elements(&case.html());
    assert!(HeldCase::read(&settings, &data).as_ref() == Ok(&case));
    // Each file's SHA-256 stands in the settings: what is damaged gives the same or nothing.
    if let Ok(found) = HeldCase::read(&settings, &damaged(&data, bytes)) {
        assert!(found == case);
    }
    let any = format!(
        r#"{{"schema":"sla-case/1","address":"","packed":{},"sha256":"","files":[{{"name":"a","bytes":65536}}]}}"#,
        bytes.len()
    );
    assert!(HeldCase::read(&any, &base128::encode(bytes)).is_err());
});
