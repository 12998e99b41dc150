catalogue! {
    /// Texts of the area `diagnostic`.
    DiagnosticTexts { placeholder }
}
