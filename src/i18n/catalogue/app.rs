catalogue! {
    /// Texts of the area `app`.
    AppTexts { placeholder }
}
