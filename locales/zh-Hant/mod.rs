use crate::i18n::Texts;

mod agreement;
mod app;
mod chart;
mod cli;
mod diagnostic;
mod reading;
mod statement;

pub const TEXTS: Texts = Texts {
    agreement: agreement::TEXTS,
    app: app::TEXTS,
    diagnostic: diagnostic::TEXTS,
    statement: statement::TEXTS,
    chart: chart::TEXTS,
    cli: cli::TEXTS,
    reading: reading::TEXTS,
};
