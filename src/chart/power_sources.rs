//! The power sources above one another, and when all were out at once.

use super::axis::MonthAxis;
use super::canvas::{Canvas, Drawn, count};
use super::rows::Rows;
use super::words::{Words, length, minutes};
use super::{Class, Drawing, Figure, FigureTable, LegendEntry, Medium, visible_spans};
use crate::assess::{Article, Assessment, Guarantee};
use crate::i18n::{Locale, clock, fill, visible};
use crate::time::IntervalSet;

/// Each power source by itself and all of them at once; `None` where power is not measured on several.
#[must_use]
pub fn power_sources(
    assessment: &Assessment,
    guarantee: &Guarantee,
    locale: Locale,
    media: &[Medium],
) -> Option<Figure> {
    let words = Words::new(assessment, guarantee, locale).filter(|words| words.article == Article::Power)?;
    let targets = words.measured.timeline.targets.as_slice();
    if targets.len() < 2 {
        return None;
    }
    let sources = sources(&words);
    let axis = MonthAxis::of(assessment);
    let title = title(&words, &sources);
    Some(Figure {
        name: "power-sources",
        subtitle: words.about(words.texts.sources_subtitle),
        description: title.clone(),
        title,
        drawings: media.iter().map(|medium| (*medium, draw(&sources, &axis, *medium))).collect(),
        legend: legend(&sources, &words),
        table: table(&sources, &words),
    })
}

/// A source, or all of them at once.
struct Source {
    name: String,
    down: IntervalSet,
    /// The part of `down` that does not count; of single sources there is none.
    excluded: IntervalSet,
    unknown: IntervalSet,
}

/// Each source, and below them all at once.
fn sources(words: &Words<'_>) -> Vec<Source> {
    let timeline = &words.measured.timeline;
    let single = timeline.targets.iter().map(|(name, down, unknown)| Source {
        name: visible(name),
        down: down.clone(),
        excluded: IntervalSet::empty(),
        unknown: unknown.clone(),
    });
    let excluded: IntervalSet = timeline
        .excluded
        .iter()
        .flat_map(|(_, _, spans)| spans.iter())
        .collect::<IntervalSet>()
        .minus(&timeline.counted);
    let together = Source {
        name: words.texts.sources_together.to_owned(),
        down: timeline.counted.union(&excluded),
        excluded,
        unknown: timeline.unknown.clone(),
    };
    single.chain([together]).collect()
}

fn title(words: &Words<'_>, sources: &[Source]) -> String {
    let texts = words.texts;
    if !words.measured.any_data {
        return words.about(texts.strip_title_no_data);
    }
    let single = sources.split_last().map(|(_, single)| single).unwrap_or_default();
    let lost = single.iter().filter(|own| !own.down.is_empty()).count();
    let together = sources.last().map_or(0, |own| own.down.ms());
    let (month, all, time) = (words.month(), single.len(), minutes(texts, together));
    fill(texts.sources_title, &[("month", &month), ("lost", &lost), ("all", &all), ("time", &time)])
}

fn legend(sources: &[Source], words: &Words<'_>) -> Vec<LegendEntry> {
    let any = |of: fn(&Source) -> &IntervalSet| sources.iter().any(|own| !of(own).is_empty());
    let entries = [
        (any(|own| &own.down), Class::Down, words.texts.legend_out),
        (any(|own| &own.excluded), Class::Uncounted, words.texts.column_excluded),
        (any(|own| &own.unknown), Class::Unknown, words.texts.legend_unknown),
    ];
    LegendEntry::occurring(&entries)
}

fn table(sources: &[Source], words: &Words<'_>) -> FigureTable {
    let texts = words.texts;
    let row = |own: &Source| {
        let times = own.down.iter().count().to_string();
        vec![own.name.clone(), times, length(own.down.ms()), length(own.excluded.ms()), length(own.unknown.ms())]
    };
    FigureTable {
        caption: words.about(texts.sources_caption),
        heads: vec![
            texts.column_source,
            texts.column_times,
            texts.legend_out,
            texts.column_excluded,
            texts.column_unknown,
        ],
        rows: sources.iter().map(row).collect(),
        total: None,
    }
}

fn draw(sources: &[Source], axis: &MonthAxis, medium: Medium) -> Drawing {
    let (left, right) = if medium == Medium::Narrow { (78.0, 52.0) } else { (120.0, 70.0) };
    let (plot, top, row) = ((left, medium.width() - right), 20.0, 28.0);
    Canvas::drawing((medium.width(), top + row * count(sources.len())), &|canvas| {
        paint(&Rows { canvas, medium, plot, top, row }, sources, axis)
    })
}

fn paint(rows: &Rows<'_, '_>, sources: &[Source], axis: &MonthAxis) -> Drawn {
    axis.labels(rows.canvas, rows.medium, rows.plot, rows.top - 11.0)?;
    for (row, own) in sources.iter().enumerate() {
        let last = row + 1 == sources.len();
        rows.name(row, if last { Class::Emphasis } else { Class::Label }, &own.name)?;
        let ground = IntervalSet::from(axis.assessed);
        let layers = [
            (Class::Ground, &ground),
            (Class::Unknown, &own.unknown),
            (Class::Down, &own.down.minus(&own.excluded)),
            (Class::Uncounted, &own.excluded),
        ];
        for (class, spans) in layers {
            let drawn = visible_spans(&axis.xs(spans, rows.plot), rows.plot, 2.0);
            drawn.into_iter().try_for_each(|span| rows.bar(row, class, span))?;
        }
        rows.figure(row, if last { Class::Emphasis } else { Class::Label }, &clock(own.down.ms()))?;
        rows.spot(row)?;
    }
    if let Some(last) = sources.len().checked_sub(1) {
        let y = rows.top + rows.row * count(last);
        rows.canvas.line(Class::Grid, (0.0, y), (rows.medium.width(), y))?;
    }
    Ok(())
}
