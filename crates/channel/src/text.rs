//! Text with a little form, for bots: bold, code, links. Refuses to know how a channel marks them up.

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    Bold(String),
    Italic(String),
    /// One width for all signs: numbers under each other, codes to copy.
    Code(String),
    Link {
        label: String,
        url: String,
    },
}

impl Piece {
    /// What a reader sees.
    pub fn words(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Bold(text) | Self::Italic(text) | Self::Code(text) => text,
            Self::Link { label, .. } => label,
        }
    }
}

/// A text put together from pieces. What goes in as words comes out as the same words, whatever signs they hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(Vec<Piece>);

impl Text {
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Piece::Plain(text.into())])
    }
    #[must_use]
    pub fn then(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Plain(text.into()));
        self
    }
    #[must_use]
    pub fn bold(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Bold(text.into()));
        self
    }
    #[must_use]
    pub fn italic(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Italic(text.into()));
        self
    }
    #[must_use]
    pub fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Code(text.into()));
        self
    }
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, url: impl Into<String>) -> Self {
        self.0.push(Piece::Link {
            label: label.into(),
            url: url.into(),
        });
        self
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Without form.
    pub fn words(&self) -> String {
        self.0.iter().map(Piece::words).collect()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_text_are_those_of_its_pieces() {
        let text = Text::plain("Заказ ")
            .bold("№1")
            .then(", ")
            .link("открыть", "https://example.kz/1");
        assert_eq!(text.words(), "Заказ №1, открыть");
        assert_eq!(text.pieces().len(), 4);
    }
}
