use crate::i18n::DiagnosticTexts;

pub const TEXTS: DiagnosticTexts = DiagnosticTexts { placeholder: "" };
