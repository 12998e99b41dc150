use std::fs;
use std::io;
use std::path::Path;

use sla_statement::demo;
use sla_statement::i18n::{Locale, fill};

use super::output::{Problems, print};
use super::{Outcome, arguments};

/// Writes the demo case and names its files.
pub fn run(arguments: &arguments::Demo, locale: Locale) -> Result<Outcome, Problems> {
    let folder = &arguments.output;
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error, locale))?;
    let files = demo::files();
    let others = files.iter().filter_map(|(name, bytes)| stands_in_the_way(&folder.join(name), bytes, locale));
    if let Some(problems) = Problems::all(others) {
        return Err(problems);
    }
    let mut written = String::new();
    for (name, bytes) in &files {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| unwritable(&path, &error, locale))?;
        written.push_str(&format!("{}\n", path.display()));
    }
    print(&written, locale)?;
    Ok(Outcome::Done)
}

/// A file of that name with other content is somebody's own.
fn stands_in_the_way(path: &Path, bytes: &[u8], locale: Locale) -> Option<Problems> {
    let other = match fs::read(path) {
        Ok(own) => own != bytes,
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    };
    other.then(|| Problems::one(fill(locale.texts().cli.file_in_the_way, &[("file", &path.display())])))
}

fn unwritable(path: &Path, error: &io::Error, locale: Locale) -> Problems {
    Problems::one(fill(locale.texts().cli.file_unwritable, &[("file", &path.display()), ("reason", error)]))
}
