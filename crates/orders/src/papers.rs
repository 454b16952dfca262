//! What the orders room has to know of a paper: whether it opens. Refuses to draw one.

/// Looks at papers of the marketplace.
pub trait Papers: Send + Sync {
    /// How many pages a PDF has.
    ///
    /// # Errors
    /// Why it cannot be used, in English, for the log.
    fn pages(&self, pdf: &[u8]) -> Result<usize, String>;
}

/// Knows a PDF by its first and last bytes: what is left when nobody gives better eyes.
pub(crate) struct Outside;

impl Papers for Outside {
    fn pages(&self, pdf: &[u8]) -> Result<usize, String> {
        let tail = pdf.get(pdf.len().saturating_sub(1_024)..).unwrap_or_default();
        if !pdf.starts_with(b"%PDF-") {
            return Err("it does not begin like a PDF".to_owned());
        }
        if !tail.windows(5).any(|part| part == b"%%EOF") {
            return Err("its end is missing".to_owned());
        }
        Ok(1)
    }
}
