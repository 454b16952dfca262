//! What one buyer wore before, weighed into four numbers. Refuses to know what the pieces were.

/// Share of too small, and of too large, that says nothing.
const USUAL: f64 = 0.13;

/// The buyer's earlier sizes: how much larger than the body asks for, and how they sat.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Past {
    over: f64,
    small: f64,
    large: f64,
    count: f64,
}

impl Past {
    /// Nothing is known of the buyer's earlier sizes.
    pub const NONE: Self = Self {
        over: 0.0,
        small: 0.0,
        large: 0.0,
        count: 0.0,
    };

    /// Adds one piece: how much larger its size was than asked for, and how it sat (0 too small, 1 fit, 2 too large).
    pub fn add(&mut self, over: f64, class: usize) {
        let missed = match class {
            0 => 0.25,
            2 => -0.25,
            _ => 0.0,
        };
        self.over += over + missed;
        self.small += f64::from(u8::from(class == 0)) - USUAL;
        self.large += f64::from(u8::from(class == 2)) - USUAL;
        self.count += 1.0;
    }

    /// How much larger this buyer wears things than the body asks for.
    #[must_use]
    pub fn shift(&self) -> f64 {
        (self.over / (self.count + 0.6)).clamp(-1.5, 1.5)
    }

    /// How sure the shift is, 0 to 1.
    #[must_use]
    pub fn sure(&self) -> f64 {
        self.count / (self.count + 0.6)
    }

    /// How many pieces were told.
    #[must_use]
    pub fn count(&self) -> f64 {
        self.count
    }

    /// Too small and too large against what is usual.
    #[must_use]
    pub fn missed(&self) -> [f64; 2] {
        [self.small / (self.count + 3.0), self.large / (self.count + 3.0)]
    }
}
