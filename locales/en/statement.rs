use crate::i18n::StatementTexts;

pub const TEXTS: StatementTexts = StatementTexts { placeholder: "" };
