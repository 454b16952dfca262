//! How often a series is counted, and what that means for its models. Refuses to guess it from the numbers.

/// One step of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
}

impl Frequency {
    /// The word of the plain command.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }

    /// Steps of one round of the season.
    #[must_use]
    pub fn round(self) -> usize {
        match self {
            Self::Daily => 7,
            Self::Weekly => 52,
            Self::Monthly => 12,
        }
    }

    /// Steps of a year.
    #[must_use]
    pub fn year(self) -> usize {
        match self {
            Self::Daily => 365,
            Self::Weekly => 52,
            Self::Monthly => 12,
        }
    }

    /// How far ahead may be asked: two years.
    #[must_use]
    pub fn furthest(self) -> usize {
        2 * self.year()
    }

    pub(crate) fn windows(self) -> [usize; 3] {
        match self {
            Self::Daily => [14, 28, 91],
            Self::Weekly => [4, 8, 26],
            Self::Monthly => [3, 6, 12],
        }
    }
}
