//! How long the outages of a month were.

use plotters::style::text_anchor::HPos;

use super::canvas::{Canvas, Drawn, count};
use super::rows::Rows;
use super::words::{Words, length};
use super::{Class, Drawing, Figure, FigureTable, LegendEntry, Medium};
use crate::assess::{Assessment, Guarantee};
use crate::i18n::{Locale, clock, duration, fill};
use crate::time::MINUTE_MS;

/// Minutes at which one class of lengths ends and the next begins.
const BOUNDS: [i64; 7] = [1, 5, 10, 15, 30, 60, 240];

/// How long the outages of a guarantee that is measured were; `None` for the others and where there was none.
#[must_use]
pub fn outage_lengths(
    assessment: &Assessment,
    guarantee: &Guarantee,
    locale: Locale,
    media: &[Medium],
) -> Option<Figure> {
    let words = Words::new(assessment, guarantee, locale)?;
    let longest = words.measured.outages.iter().map(|outage| outage.shown.ms()).max()?;
    let (month, number, longest) = (words.month(), words.measured.outages.len(), duration(longest, locale));
    let title = fill(words.texts.lengths_title, &[("month", &month), ("count", &number), ("longest", &longest)]);
    let classes = classes(&words);
    Some(Figure {
        name: "outage-lengths",
        subtitle: words.about(words.texts.lengths_subtitle),
        description: title.clone(),
        title,
        drawings: media.iter().map(|medium| (*medium, draw(&classes, *medium))).collect(),
        legend: legend(&classes, &words),
        table: table(&classes, &words),
    })
}

fn legend(classes: &[Lengths], words: &Words<'_>) -> Vec<LegendEntry> {
    let entries = [
        (classes.iter().any(|own| own.counted > 0), Class::Down, words.texts.legend_down),
        (classes.iter().any(|own| own.uncounted > 0), Class::Uncounted, words.texts.column_excluded),
    ];
    LegendEntry::occurring(&entries)
}

/// Outages of about the same length.
struct Lengths {
    name: String,
    /// How many of which something counts.
    counted: usize,
    /// How many of which nothing counts.
    uncounted: usize,
    /// How long they were together, and how much of that counts, in milliseconds.
    whole_ms: i64,
    counted_ms: i64,
}

impl Lengths {
    const fn number(&self) -> usize {
        self.counted + self.uncounted
    }
}

/// From the shortest to the longest that occur; those between that do not occur are there too.
fn classes(words: &Words<'_>) -> Vec<Lengths> {
    let outages = &words.measured.outages;
    let class_of = |ms: i64| BOUNDS.iter().take_while(|bound| ms >= **bound * MINUTE_MS).count();
    let occurring = || outages.iter().map(|outage| class_of(outage.shown.ms()));
    let (Some(first), Some(last)) = (occurring().min(), occurring().max()) else { return Vec::new() };
    let class = |class: usize| {
        let own = || outages.iter().filter(move |outage| class_of(outage.shown.ms()) == class);
        let counted = own().filter(|outage| outage.downtime.counted > 0).count();
        Lengths {
            name: name(class, words),
            counted,
            uncounted: own().count() - counted,
            whole_ms: own().map(|outage| outage.shown.ms()).sum(),
            counted_ms: own().map(|outage| outage.downtime.counted).sum(),
        }
    };
    (first..=last).map(class).collect()
}

fn name(class: usize, words: &Words<'_>) -> String {
    let bound = |class: usize| BOUNDS.get(class).map(|bound| bound.to_string());
    let range = match (class.checked_sub(1).and_then(bound), bound(class)) {
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (None, to) => format!("< {}", to.unwrap_or_default()),
        (Some(from), None) => format!("≥ {from}"),
    };
    fill(words.texts.whole_minutes, &[("minutes", &range)])
}

fn table(classes: &[Lengths], words: &Words<'_>) -> FigureTable {
    let (texts, app) = (words.texts, &words.locale.texts().app);
    let row = |own: &Lengths| {
        let numbers = [own.number(), own.uncounted].map(|number| number.to_string());
        let [number, uncounted] = numbers;
        vec![own.name.clone(), number, uncounted, length(own.whole_ms), length(own.counted_ms)]
    };
    FigureTable {
        caption: words.about(texts.lengths_caption),
        heads: vec![
            texts.column_length,
            app.outage_count,
            texts.column_excluded,
            texts.column_together,
            texts.column_counted,
        ],
        rows: classes.iter().map(row).collect(),
        total: None,
    }
}

fn draw(classes: &[Lengths], medium: Medium) -> Drawing {
    let right = if medium == Medium::Narrow { 92.0 } else { 130.0 };
    let (plot, top, row) = ((92.0, medium.width() - right), 2.0, 24.0);
    Canvas::drawing((medium.width(), top + row * count(classes.len())), &|canvas| {
        paint(&Rows { canvas, medium, plot, top, row }, classes)
    })
}

fn paint(rows: &Rows<'_, '_>, classes: &[Lengths]) -> Drawn {
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let most = classes.iter().map(Lengths::number).max().map_or(1, whole);
    for (row, own) in classes.iter().enumerate() {
        rows.name(row, if own.number() > 0 { Class::Emphasis } else { Class::Label }, &own.name)?;
        rows.bar(row, Class::Ground, rows.plot)?;
        let (counted, all) = (rows.x(whole(own.counted), most), rows.x(whole(own.number()), most));
        if own.counted > 0 {
            rows.bar(row, Class::Down, (rows.plot.0, counted))?;
        }
        if own.uncounted > 0 {
            rows.bar(row, Class::Uncounted, (counted, all))?;
        }
        if own.number() > 0 {
            let (x, size) = (rows.plot.1 + 8.0, rows.medium.text());
            rows.canvas.text(Class::Emphasis, &own.number().to_string(), size, (x, HPos::Left), rows.middle(row))?;
            rows.figure(row, Class::Label, &clock(own.whole_ms))?;
        }
        rows.spot(row)?;
    }
    Ok(())
}
