use crate::i18n::AppTexts;

pub const TEXTS: AppTexts = AppTexts { placeholder: "" };
