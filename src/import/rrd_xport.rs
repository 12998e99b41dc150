//! RRDtool's `xport` as XML and as JSON, also of the databases that SmokePing writes: rows of averages at a fixed step.
//!
//! A row stands for the step that ends at its time, and the last row for the one that ends at `end`. What a column means
//! is in its legend: `port-1 up` holds 1 and 0, `port-1 loss/20` how many of 20 pings of a round were lost. A row between
//! the two ends is a mixture, or a round of which some pings were answered; it is never rounded. `port-1 median` holds
//! round-trip times in seconds, for a chart.

use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, listed, shown, shown_bytes};
use super::document::{Fault, Node, Shape, items};
use super::log::Log;
use super::probes::{Probes, series_of};
use crate::record::{Check, Digest, Record, Sample, SampleState, SeriesKey};
use crate::time::{Instant, SECOND_MS};

/// The name of the format in results.
const NAME: &str = "rrd-xport";

/// How many bytes an export as XML may have: it is held in memory as a whole.
const MAX_XML_BYTES: usize = 64 << 20;

/// Rows that stand for longer than the rhythm of article 4.1 are averages over several probes.
const LONGEST_STEP_S: i64 = 300;

/// How to export what can be read.
const COMMAND: &str = "`rrdtool xport --step 300 --maxrows 10000 … XPORT:l:\"port-1 loss/20\"`";

/// Ends of legends that say what a column holds, as examples.
const LEGENDS: [&str; 2] = ["port-1 up", "port-1 loss/20"];

/// A number of pings in a round that is not believed.
const MOST_PINGS: u64 = 100_000;

/// Values are read as whole numbers of so many parts, and never as floats.
const PARTS: u64 = 1_000_000_000;

/// Of a value in seconds.
const PARTS_A_MICROSECOND: u64 = PARTS / 1_000_000;

pub(super) const SHAPE: Shape = Shape {
    name: NAME,
    takes: true,
    recognises: |root| {
        let meta = root.peek("meta");
        root.peek("data").is_some() && meta.is_some_and(|meta| meta.peek("legend").is_some())
    },
    read: read_json,
};

pub(super) const FORMAT: Format = Format {
    description: "RRDtool xport (`<xport><meta>…`, SmokePing)",
    recognises: |head| {
        // As much as is there when the format can be told: the declaration, and the tag after it.
        let text = head.trim_ascii_start();
        let declared = || {
            text.starts_with(b"<?xml").then(|| text.split_at_checked(text.iter().position(|byte| *byte == b'>')? + 1))
        };
        let root = declared().flatten().map_or(text, |(_, rest)| rest.trim_ascii_start());
        root.starts_with(ROOT.as_bytes())
    },
    open: |_, _| Box::<XmlFile>::default(),
};

const ROOT: &str = "<xport>";

/// What the file says of its rows, as it stands there.
struct Meta {
    start: String,
    end: String,
    step: String,
    legends: Vec<String>,
}

/// A column that is read.
struct Column {
    index: usize,
    key: SeriesKey,
    /// The value that stands for wholly up, and the one for wholly down.
    up: u64,
    down: u64,
    values: Vec<Cell>,
}

/// A column of round-trip times, which count for nothing.
struct Times {
    index: usize,
    /// The row, counted from 0, and its microseconds.
    rows: Vec<(u64, u32)>,
}

/// What a column says in a row.
#[derive(Clone, Copy)]
enum Cell {
    /// Nothing that can be taken.
    Rejected,
    /// That it is not known.
    Unknown,
    /// A number, in parts.
    Parts(u64),
}

/// The rows of an export, put together before their times are known: they are counted from the last one.
struct Table {
    meta: Meta,
    columns: Vec<Column>,
    /// By the column of the same target.
    medians: Vec<(usize, Times)>,
    rows: u64,
    /// The time of a row that has one, and its number counted from 0.
    times: Vec<(u64, String)>,
}

impl Table {
    /// Sets columns aside whose legend says nothing of what they hold; without any other the file cannot be used.
    fn new(meta: Meta, log: &mut Log) -> Result<Self, Finding> {
        let legends = || meta.legends.iter().enumerate();
        let columns: Vec<Column> = legends().filter_map(|(index, legend)| column(index, legend)).collect();
        let mut medians = Vec::new();
        for (index, legend) in legends().filter(|(index, _)| columns.iter().all(|own| own.index != *index)) {
            match median(legend).and_then(|key| columns.iter().position(|own| own.key == key)) {
                Some(own) => medians.push((own, Times { index, rows: Vec::new() })),
                None => {
                    log.note(|| Finding::new(Code::ColumnAside, Place::File).found(shown(legend)));
                    log.source.columns_aside.push(shown(legend));
                }
            }
        }
        if columns.is_empty() {
            let found = listed(meta.legends.iter().map(String::as_str));
            return Err(Finding::new(Code::LegendUnknown, Place::File).found(found).expected(listed(LEGENDS)));
        }
        Ok(Self { meta, columns, medians, rows: 0, times: Vec::new() })
    }

    /// Takes a row; of a value that is none the row is rejected with what was found.
    fn take(&mut self, time: Option<&str>, values: &[&str], log: &mut Log, place: &dyn Fn() -> Finding) {
        if let Some(time) = time {
            self.times.push((self.rows, time.to_owned()));
        }
        self.rows += 1;
        let whole = values.len() == self.meta.legends.len();
        if !whole {
            let (found, expected) = (values.len().to_string(), self.meta.legends.len().to_string());
            log.reject(|| Finding { code: Code::CellCount, ..place() }.found(found).expected(expected));
        }
        for column in &mut self.columns {
            let text = values.get(column.index).copied().filter(|_| whole).map(str::trim);
            let most = column.up.max(column.down);
            let cell = match text.and_then(cell) {
                Some(Cell::Parts(parts)) if parts > most => None,
                cell => cell,
            };
            if let (Some(text), None) = (text, cell) {
                let expected = format!("0–{}, `NaN`", most / PARTS);
                log.reject(|| Finding { code: Code::StatusUnknown, ..place() }.found(shown(text)).expected(expected));
            }
            column.values.push(cell.unwrap_or(Cell::Rejected));
        }
        for (_, times) in &mut self.medians {
            let Some(text) = values.get(times.index).map(|text| text.trim()).filter(|_| whole) else { continue };
            let us = match cell(text) {
                Some(Cell::Parts(parts)) => u32::try_from(parts / PARTS_A_MICROSECOND).ok(),
                Some(Cell::Unknown | Cell::Rejected) => continue,
                None => None,
            };
            match us {
                Some(us) => times.rows.push((self.rows - 1, us)),
                None => log.note(|| Finding { code: Code::LatencyNotNumber, ..place() }.found(shown(text))),
            }
        }
    }

    fn record(self, log: &mut Log) -> Result<Record, Finding> {
        let (end, step_ms) = self.rhythm()?;
        let mut probes = Probes::default();
        for column in &self.columns {
            let (mut lossy, mut mixed) = (0_u64, 0_u64);
            for (row, value) in (1..).zip(&column.values) {
                let at = end.plus((row - i64::try_from(column.values.len()).unwrap_or(i64::MAX)) * step_ms);
                let state = match *value {
                    Cell::Rejected => continue,
                    Cell::Unknown => SampleState::Unknown,
                    Cell::Parts(value) if value == column.up => SampleState::Up,
                    Cell::Parts(value) if value == column.down => SampleState::Down,
                    Cell::Parts(_) if column.is_answered(row - 1) => {
                        lossy += 1;
                        SampleState::Up
                    }
                    Cell::Parts(_) => {
                        mixed += 1;
                        SampleState::Unknown
                    }
                };
                probes.push(&column.key, Sample { at, state }, log);
            }
            for (code, count) in
                [(Code::RowsLossy, lossy), (Code::RowsMixed, mixed)].into_iter().filter(|own| own.1 > 0)
            {
                let target = shown(&column.key.target);
                log.note(|| Finding::new(code, Place::File).found(target).expected(count.to_string()));
            }
        }
        for (column, times) in &self.medians {
            let Some(Column { key, .. }) = self.columns.get(*column) else { continue };
            for (row, us) in &times.rows {
                let after = i64::try_from(self.rows - 1 - row).unwrap_or(i64::MAX);
                probes.took(key, end.plus(-after * step_ms), *us);
            }
        }
        Ok(probes.record())
    }

    /// The time of the last row and the step, where all that the file says of its times agrees.
    fn rhythm(&self) -> Result<(Instant, i64), Finding> {
        let Meta { start, end, step, .. } = &self.meta;
        let found = format!("start {start}, end {end}, step {step}, rows {}", self.rows);
        let expected = "end = start + step × (rows − 1)";
        let disagree = || Finding::new(Code::RowTimes, Place::File).found(shown(&found)).expected(expected);
        let number = |text: &str| text.trim().parse::<u32>().ok().map(i64::from);
        let (Some(first), Some(last), Some(step)) = (number(start), number(end), number(step)) else {
            return Err(disagree());
        };
        if step > LONGEST_STEP_S {
            let finding = Finding::new(Code::RowsConsolidated, Place::File).found(step.to_string());
            return Err(finding.expected(COMMAND));
        }
        let rows = i64::try_from(self.rows).unwrap_or(i64::MAX);
        // `start` is the time of the first row; that it was the beginning of its step is how older versions had it.
        let begins = last.checked_sub(rows.saturating_mul(step));
        let fits = begins.is_some_and(|begins| step > 0 && (first == begins || first == begins + step));
        let at = |row: u64| i64::try_from(row).ok().and_then(|row| Some(begins? + (row + 1) * step));
        let end = Instant::from_epoch_ms(last * SECOND_MS).ok().filter(|_| fits);
        match self.times.iter().find(|(row, text)| number(text) != at(*row)) {
            Some((row, text)) if fits => {
                let expected = at(*row).map(|at| at.to_string()).unwrap_or_default();
                Err(Finding::new(Code::RowTimes, Place::File).found(shown(text)).expected(expected))
            }
            _ => end.map(|end| (end, step * SECOND_MS)).ok_or_else(disagree),
        }
    }
}

impl Column {
    /// Whether some pings of every round that the row can tell of were answered. A round that is wholly lost lies in this
    /// row or in this one and one beside it, so that the two together would show most of its pings. Beside a row that is
    /// not known nothing follows, and a column of 1 and 0 counts no pings.
    fn is_answered(&self, row: i64) -> bool {
        let value = |row: i64| match usize::try_from(row).ok().and_then(|row| self.values.get(row)) {
            Some(Cell::Parts(parts)) => Some(*parts),
            _ => None,
        };
        let pair = |one: i64, other: i64| Some(value(one)? + value(other)?);
        let little = |pair: Option<u64>| pair.is_some_and(|pair| pair < self.down / 2);
        self.down > self.up && little(pair(row - 1, row)) && little(pair(row, row + 1))
    }
}

/// What a legend says: the target, then `up`, or `loss/` and the number of pings.
fn column(index: usize, legend: &str) -> Option<Column> {
    let legend = legend.trim();
    let (target, meaning) = legend.rsplit_once(char::is_whitespace).unwrap_or(("", legend));
    let (up, down) = if meaning.eq_ignore_ascii_case("up") {
        (PARTS, 0)
    } else {
        let pings: u64 = meaning.strip_prefix("loss/")?.parse().ok()?;
        (0, Some(pings).filter(|pings| (1..=MOST_PINGS).contains(pings))? * PARTS)
    };
    Some(Column { index, key: series_of(target, Check::Ping), up, down, values: Vec::new() })
}

/// The series of a column of round-trip times: the target, then `median`.
fn median(legend: &str) -> Option<SeriesKey> {
    let (target, meaning) = legend.trim().rsplit_once(char::is_whitespace)?;
    (meaning == "median").then(|| series_of(target, Check::Ping))
}

/// A number such as `2.0000000000e+01`; whatever is above nothing is at least one part. `None`: no number, or one below
/// nothing.
fn cell(text: &str) -> Option<Cell> {
    if ["nan", "-nan", "null", "inf", "-inf"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(Cell::Unknown);
    }
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if whole.is_empty() || digits().count() > 18 || !digits().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let number = digits().fold(0_u128, |number, digit| number * 10 + u128::from(digit - b'0'));
    let shift = 9_i32.checked_add(exponent)?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let scale = 10_u128.checked_pow(shift.unsigned_abs().min(36))?;
    let scaled = if shift < 0 { number.div_ceil(scale) } else { number.checked_mul(scale)? };
    u64::try_from(scaled).ok().map(Cell::Parts)
}

fn read_json(root: &Node<'_>, _: Digest, log: &mut Log) -> Record {
    let meta = |key: &str| root.peek("meta").and_then(|meta| meta.peek(key));
    let word = |key: &str| meta(key).and_then(|node| node.own_word()).unwrap_or_default();
    let legends = meta("legend").map(|legend| legend.list()).unwrap_or_default();
    let legends = legends.iter().map(|legend| legend.own_word().unwrap_or_default()).collect();
    let meta = Meta { start: word("start"), end: word("end"), step: word("step"), legends };
    let whole = |finding: Finding| {
        let Finding { code, found, expected, .. } = finding;
        root.problem(Fault::new(code, &found).expected(expected));
        Record::default()
    };
    let mut table = match Table::new(meta, log) {
        Ok(table) => table,
        Err(finding) => return whole(finding),
    };
    for row in root.peek("data").map(|data| data.list()).unwrap_or_default() {
        let values = row.get(items).unwrap_or_default();
        // With `--showtime` each row begins with its time, as text.
        let (time, values) = match values.split_first() {
            Some((time, values)) if time.starts_with('"') => (Some(time.trim_matches('"')), values),
            _ => (None, values.as_slice()),
        };
        table.take(time, values, log, &|| row.finding(Fault::new(Code::CellCount, "")));
    }
    table.record(log).unwrap_or_else(whole)
}

/// An export as XML. RRDtool writes legends as they are, without escaping them, so that its files need not be XML: they
/// are read by the tags that it always writes, in the order in which it writes them.
#[derive(Default)]
struct XmlFile(Vec<u8>);

impl FormatReader for XmlFile {
    fn push(&mut self, text: &[u8], _: &mut Log) -> Result<(), Stop> {
        if self.0.len() + text.len() > MAX_XML_BYTES {
            let limit = format!("{} MiB", MAX_XML_BYTES >> 20);
            return Err(vec![Finding::new(Code::TooLarge, Place::File).expected(limit)]);
        }
        self.0.extend_from_slice(text);
        Ok(())
    }

    fn rows(&self) -> u64 {
        0
    }

    fn finish(self: Box<Self>, _: Digest, log: &mut Log) -> Result<Record, Stop> {
        NAME.clone_into(&mut log.source.format);
        // The encoding that is declared is ISO-8859-1, whatever the legends are in.
        let text = String::from_utf8(self.0).unwrap_or_else(|error| {
            log.source.encoding = Some("ISO-8859-1".to_owned());
            error.as_bytes().iter().copied().map(char::from).collect()
        });
        let record = read_xml(&text, log).map_err(|finding| vec![finding])?;
        log.anything_taken(log.source.rejected)?;
        Ok(record)
    }
}

fn read_xml(text: &str, log: &mut Log) -> Result<Record, Finding> {
    let mut xml = Xml { text, at: 0, line: (1, 0) };
    if xml.next_is("<?xml") {
        xml.up_to("?>")?;
    }
    xml.need(ROOT)?;
    xml.need("<meta>")?;
    let (start, end, step) = (xml.field("start")?, xml.field("end")?, xml.field("step")?);
    for counted in ["rows", "columns"] {
        xml.field(counted)?;
    }
    xml.need("<legend>")?;
    let mut legends = Vec::new();
    while xml.next_is("<entry>") {
        legends.push(xml.up_to("</entry>")?.to_owned());
    }
    xml.need("</legend>")?;
    xml.need("</meta>")?;
    xml.need("<data>")?;
    let [start, end, step] = [start, end, step].map(str::to_owned);
    let mut table = Table::new(Meta { start, end, step, legends }, log)?;
    while xml.next_is("<row>") {
        let line = xml.line();
        let time = if xml.next_is("<t>") { Some(xml.up_to("</t>")?) } else { None };
        let mut values = Vec::new();
        while let Some(closing) = xml.value_tag() {
            values.push(xml.up_to(&closing)?);
        }
        xml.need("</row>")?;
        table.take(time, &values, log, &|| Finding::new(Code::CellCount, Place::Line { line, column: None }));
    }
    xml.need("</data>")?;
    xml.need("</xport>")?;
    if !xml.rest().is_empty() {
        return Err(xml.unexpected("–"));
    }
    table.record(log)
}

/// A place in the text of an export.
struct Xml<'a> {
    text: &'a str,
    at: usize,
    /// The line of a place before this one, counted from 1, and that place.
    line: (u64, usize),
}

impl<'a> Xml<'a> {
    /// What follows, without white space before it.
    fn rest(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let text = rest.trim_ascii_start();
        self.at += rest.len() - text.len();
        text
    }

    /// Passes over a tag, if it is what follows.
    fn next_is(&mut self, tag: &str) -> bool {
        let is = self.rest().starts_with(tag);
        self.at += if is { tag.len() } else { 0 };
        is
    }

    fn need(&mut self, tag: &str) -> Result<(), Finding> {
        if self.next_is(tag) { Ok(()) } else { Err(self.unexpected(tag)) }
    }

    /// The text up to a closing tag, which is passed over.
    fn up_to(&mut self, closing: &str) -> Result<&'a str, Finding> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some((text, _)) = rest.split_once(closing) else { return Err(self.unexpected(closing)) };
        self.at += text.len() + closing.len();
        Ok(text)
    }

    fn field(&mut self, tag: &str) -> Result<&'a str, Finding> {
        self.need(&format!("<{tag}>"))?;
        self.up_to(&format!("</{tag}>"))
    }

    /// Passes over `<v>`, or `<v0>` of `--enumds`; what closes it.
    fn value_tag(&mut self) -> Option<String> {
        let rest = self.rest().strip_prefix("<v")?;
        let (number, _) =
            rest.split_once('>').filter(|(number, _)| number.bytes().all(|digit| digit.is_ascii_digit()))?;
        self.at += number.len() + "<v>".len();
        Some(format!("</v{number}>"))
    }

    /// The line of the place, counted from 1.
    fn line(&mut self) -> u64 {
        let (line, from) = self.line;
        let between = self.text.get(from..self.at).unwrap_or_default();
        let line = line + between.bytes().filter(|byte| *byte == b'\n').count() as u64;
        self.line = (line, self.at);
        line
    }

    fn unexpected(&mut self, expected: &str) -> Finding {
        let rest = self.rest();
        let found = rest.split('\n').next().unwrap_or_default();
        let place = Place::Line { line: self.line(), column: None };
        Finding::new(Code::XmlMalformed, place).found(shown_bytes(found.as_bytes())).expected(format!("`{expected}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<u64> {
        match cell(text) {
            Some(Cell::Parts(parts)) => Some(parts),
            _ => None,
        }
    }

    #[test]
    fn numbers_are_read_exactly() {
        assert_eq!(parts("2.0000000000e+01"), Some(20 * PARTS));
        assert_eq!(parts("1.9999999999e+01"), Some(20 * PARTS - 1));
        assert_eq!(parts("0.0000000000e+00"), Some(0));
        assert_eq!(parts("4.1000000000e-01"), Some(410_000_000));
        assert_eq!(parts("1e-300"), Some(1), "a trace of loss is not none");
        assert_eq!(parts("0e-300"), Some(0));
        assert_eq!(parts("1"), Some(PARTS));
        for text in ["NaN", "-nan", "null", "inf"] {
            assert!(matches!(cell(text), Some(Cell::Unknown)), "{text}");
        }
        for text in ["", "-1", "1,0", "1e", "e1", "1e99", "1e999999999999", "0x1", "+1", "1.2.3"] {
            assert!(cell(text).is_none(), "{text}");
        }
    }
}
