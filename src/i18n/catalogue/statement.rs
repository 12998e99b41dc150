catalogue! {
    /// Texts of the area `statement`.
    StatementTexts { placeholder }
}
