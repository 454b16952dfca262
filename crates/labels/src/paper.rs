//! Papers in millimetres. Refuses papers on which a label could not be read.

use crate::draw::MM;

/// What labels are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 75 × 120 mm, one label.
    #[default]
    Label75x120,
    /// 58 × 40 mm, one label.
    Label58x40,
    /// 100 × 150 mm, one label.
    Label100x150,
    /// A sheet of A4 with four or eight labels.
    A4(PerSheet),
}

/// Labels on a sheet of A4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PerSheet {
    /// 105 × 148.5 mm each.
    Four,
    /// 105 × 74.25 mm each.
    #[default]
    Eight,
}

/// Width and height of A4 in points.
pub const A4: (f32, f32) = (210.0 * MM, 297.0 * MM);

impl Paper {
    /// The paper of a name such as `75x120` or `a4`; `×`, capitals and Cyrillic х are understood.
    pub fn named(name: &str) -> Option<Self> {
        let folded = name.trim().to_lowercase().replace(['×', 'х', '*'], "x");
        let bare: String = folded.chars().filter(|sign| !sign.is_whitespace()).collect();
        match bare.trim_end_matches(['m', 'м']) {
            "75x120" => Some(Self::Label75x120),
            "58x40" => Some(Self::Label58x40),
            "100x150" => Some(Self::Label100x150),
            "a4" | "а4" => Some(Self::A4(PerSheet::default())),
            _ => None,
        }
    }

    /// The name it is given by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Label75x120 => "75x120",
            Self::Label58x40 => "58x40",
            Self::Label100x150 => "100x150",
            Self::A4(_) => "a4",
        }
    }

    /// Width and height of one label in points.
    pub const fn label(self) -> (f32, f32) {
        match self {
            Self::Label75x120 => (75.0 * MM, 120.0 * MM),
            Self::Label58x40 => (58.0 * MM, 40.0 * MM),
            Self::Label100x150 => (100.0 * MM, 150.0 * MM),
            Self::A4(PerSheet::Four) => (105.0 * MM, 148.5 * MM),
            Self::A4(PerSheet::Eight) => (105.0 * MM, 74.25 * MM),
        }
    }

    /// Whether a marketplace's waybill may be printed on it: at least 74 × 105 mm are asked for.
    pub const fn holds_waybill(self) -> bool {
        match self {
            Self::Label75x120 | Self::Label100x150 => true,
            Self::Label58x40 | Self::A4(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_found_as_people_write_them() {
        assert_eq!(Paper::named("75х120"), Some(Paper::Label75x120));
        assert_eq!(Paper::named(" 100 × 150 mm"), Some(Paper::Label100x150));
        assert_eq!(Paper::named("A4"), Some(Paper::A4(PerSheet::Eight)));
        assert_eq!(Paper::named("80x80"), None);
    }
}
