use std::fs;
use std::path::{Path, PathBuf};

use sla_statement::i18n::{Locale, fill};
use sla_statement::report::Viewer;

use super::output::Problems;

/// The viewer that goes into a report: the file that was named, the one that the program was built with, or the one that
/// lies beside the program or where the build leaves it.
pub fn find(named: Option<&Path>, locale: Locale) -> Result<Viewer, Problems> {
    if let Some(file) = named {
        return read(file, locale);
    }
    #[cfg(feature = "viewer-inside")]
    if let Some(viewer) = Viewer::new(include_str!("../../dist/sla-statement.html").to_owned()) {
        return Ok(viewer);
    }
    let found = places().into_iter().find(|place| place.is_file());
    found.map_or_else(|| Err(Problems::one(locale.texts().cli.viewer_missing.to_owned())), |file| read(&file, locale))
}

/// Beside the program, and in `dist/` of the package where the program still lies in `target/`.
fn places() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let folder = program.as_deref().and_then(Path::parent);
    let of_build = |folder: &Path| {
        let target = folder.parent().filter(|target| target.ends_with("target"))?;
        Some(target.parent()?.join("dist"))
    };
    let folders = folder.map(|folder| [Some(folder.to_owned()), of_build(folder)]).into_iter().flatten().flatten();
    folders.map(|folder| folder.join("sla-statement.html")).collect()
}

fn read(file: &Path, locale: Locale) -> Result<Viewer, Problems> {
    let bytes = fs::read(file).map_err(|error| Problems::unreadable(file, &error, locale))?;
    let viewer = String::from_utf8(bytes).ok().and_then(Viewer::new);
    viewer.ok_or_else(|| Problems::one(fill(locale.texts().cli.viewer_unusable, &[("file", &file.display())])))
}
