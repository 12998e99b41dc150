//! What came out of the printer.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

/// A printed document, kept under `tests/out/` to look at.
pub struct Pdf {
    /// The file.
    pub path: PathBuf,
    /// The text of each sheet as poppler reads it, in the order in which it stands on the paper. Read Chinese from
    /// Chromium's print only: Firefox maps a few characters to look-alikes (⼆ for 二) or to none.
    pub pages: Vec<String>,
    /// Width and height of each sheet in points; A4 is 595 × 842.
    pub sizes: Vec<(u32, u32)>,
}

impl Pdf {
    /// Keeps the bytes as `tests/out/NAME.pdf` and reads them back.
    pub fn keep(name: &str, bytes: &[u8]) -> Self {
        let path = out(&format!("{name}.pdf"));
        fs::write(&path, bytes).unwrap();
        let text = poppler("pdftotext", &["-layout", "-enc", "UTF-8"], &path, &["-"]);
        let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
        pages.pop(); // what follows the last form feed
        let sizes = poppler("pdfinfo", &["-f", "1", "-l", "9999"], &path, &[]).lines().filter_map(page_size).collect();
        Self { path, pages, sizes }
    }

    /// Draws every sheet as `tests/out/NAME-N.png`, 100 dots to the inch.
    pub fn draw(&self) {
        poppler("pdftoppm", &["-png", "-r", "100"], &self.path, &[&self.path.with_extension("").display().to_string()]);
    }

    /// How much ink stands on each page, from top to bottom in bands of a centimetre: in 255ths of the band.
    pub fn ink(&self) -> Vec<Vec<u64>> {
        let base = self.path.with_extension("ink");
        poppler("pdftoppm", &["-gray", "-r", "25.4"], &self.path, &[&base.display().to_string()]);
        let name = base.file_name().unwrap().to_string_lossy().into_owned();
        let mut drawn: Vec<PathBuf> = fs::read_dir(base.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(&name))
            .collect();
        drawn.sort();
        let pages = drawn.iter().map(|path| bands(&fs::read(path).unwrap())).collect();
        drawn.iter().for_each(|path| fs::remove_file(path).unwrap());
        pages
    }

    /// A sheet, the first being 1, as a photocopier gives it back: what is darker than `threshold` of 255 is black, all else
    /// white. It is kept beside the document to look at.
    pub fn copied(&self, sheet: usize, threshold: u8) -> Copy {
        let (stem, number) = (self.path.with_extension(format!("copy-{sheet}-{threshold}")), sheet.to_string());
        let options = ["-gray", "-r", "200", "-singlefile", "-f", &number, "-l", &number];
        poppler("pdftoppm", &options, &self.path, &[&stem.display().to_string()]);
        let picture = self.path.with_extension(format!("copy-{sheet}-{threshold}.pgm"));
        let bytes = fs::read(&picture).unwrap();
        let (width, height, dots) = grey(&bytes);
        let black: Vec<bool> = dots.iter().map(|dot| *dot < threshold).collect();
        let head = format!("P5 {width} {height} 255\n");
        let seen = black.iter().map(|black| if *black { 0 } else { 255 });
        fs::write(&picture, head.bytes().chain(seen).collect::<Vec<u8>>()).unwrap();
        Copy { width, height, black }
    }

    /// What a camera reads on a sheet, the first being 1: the text of every QR code.
    pub fn codes(&self, sheet: usize) -> Vec<String> {
        let (stem, number) = (self.path.with_extension(format!("seen-{sheet}")), sheet.to_string());
        let options = ["-gray", "-r", "150", "-singlefile", "-f", &number, "-l", &number];
        poppler("pdftoppm", &options, &self.path, &[&stem.display().to_string()]);
        let picture = self.path.with_extension(format!("seen-{sheet}.pgm"));
        let bytes = fs::read(&picture).unwrap();
        fs::remove_file(picture).unwrap();
        let (width, height, dots) = grey(&bytes);
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| dots[y * width + x]);
        seen.detect_grids().into_iter().filter_map(|code| Some(code.decode().ok()?.1)).collect()
    }

    /// The whole text without any white space: breaks of lines are the printer's business, not the document's.
    pub fn text(&self) -> String {
        self.pages.concat().split_whitespace().collect()
    }
}

/// A sheet in black and white.
pub struct Copy {
    width: usize,
    height: usize,
    black: Vec<bool>,
}

/// What a part of a copy looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The share that is black.
    pub ink: f64,
    /// The same of each of four by three parts.
    pub parts: [f64; 12],
    /// How often black and white change on a way across.
    pub across: f64,
    /// How often they change on a way down.
    pub down: f64,
}

impl Copy {
    /// A part of the sheet: left, top, width and height as shares of the sheet's.
    pub fn look(&self, [left, top, width, height]: [f64; 4]) -> Look {
        let place = |share: f64, of: usize| ((share * of as f64).round() as usize).min(of);
        let columns = place(left, self.width)..place(left + width, self.width);
        let rows = place(top, self.height)..place(top + height, self.height);
        let black = |x: usize, y: usize| self.black[y * self.width + x];
        let area = (columns.len() * rows.len()) as f64;
        let ink =
            rows.clone().flat_map(|y| columns.clone().map(move |x| (x, y))).filter(|(x, y)| black(*x, *y)).count();
        let part = |at: usize| {
            let (left, top) = (at % 4, at / 4);
            let columns = columns.clone().skip(left * columns.len() / 4).take(columns.len() / 4);
            let rows = rows.clone().skip(top * rows.len() / 3).take(rows.len() / 3);
            let dots = rows.flat_map(|y| columns.clone().map(move |x| black(x, y)));
            let (ink, all) = dots.fold((0, 0), |(ink, all), black| (ink + u32::from(black), all + 1));
            f64::from(ink) / f64::from(all.max(1))
        };
        let parts = std::array::from_fn(part);
        let across = rows.clone().flat_map(|y| columns.clone().skip(1).map(move |x| (x, y)));
        let down = columns.clone().flat_map(|x| rows.clone().skip(1).map(move |y| (x, y)));
        let across = across.filter(|(x, y)| black(*x, *y) != black(*x - 1, *y)).count();
        let down = down.filter(|(x, y)| black(*x, *y) != black(*x, *y - 1)).count();
        Look {
            ink: ink as f64 / area,
            parts,
            across: across as f64 / rows.len() as f64,
            down: down as f64 / columns.len() as f64,
        }
    }
}

/// A file under `tests/out/`, which git ignores.
pub fn out(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/out");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// A new folder, whoever else asks for one of this name: tests run beside each other, many of them once for each browser.
pub fn folder(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("sla-statement-{name}-{}-{count}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn poppler(program: &str, before: &[&str], file: &Path, after: &[&str]) -> String {
    let done =
        Command::new(program).args(before).arg(file).args(after).output().unwrap_or_else(|error| {
            panic!("{program} cannot be run ({error}). `make setup` installs it (poppler-utils).")
        });
    assert!(done.status.success(), "{program} {}: {}", file.display(), String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// The ink in bands of ten rows of dots, each a millimetre wide.
fn bands(picture: &[u8]) -> Vec<u64> {
    let (width, _, dots) = grey(picture);
    let ink = |band: &[u8]| band.iter().map(|dot| u64::from(255 - dot)).sum::<u64>() / band.len() as u64;
    dots.chunks(width * 10).map(ink).collect()
}

/// Width, height and dots of a picture that begins with `P5 WIDTH HEIGHT 255` and one white space.
fn grey(picture: &[u8]) -> (usize, usize, &[u8]) {
    let words: Vec<&[u8]> = picture.splitn(4, |byte| byte.is_ascii_whitespace()).collect();
    let number = |at: usize| std::str::from_utf8(words[at]).unwrap().parse().unwrap();
    assert_eq!((words[0], &words[3][..3]), (&b"P5"[..], &b"255"[..]));
    (number(1), number(2), &words[3][4..])
}

/// `Page    1 size:  594.96 x 841.92 pts (A4)`
fn page_size(line: &str) -> Option<(u32, u32)> {
    let (_, size) = line.strip_prefix("Page ")?.split_once(" size: ")?;
    let mut sides = size.split(" x ").filter_map(|side| side.split_whitespace().next()?.parse::<f64>().ok());
    Some((sides.next()?.round() as u32, sides.next()?.round() as u32))
}
