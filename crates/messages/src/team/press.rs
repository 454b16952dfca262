//! What a button carries: a word and whom it concerns, in at most 64 bytes. Refuses what it cannot read back.

use sauda_kernel::ShopId;

/// What was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    Accept {
        shop: ShopId,
        code: String,
    },
    /// The order is ready, in one parcel.
    Assemble {
        shop: ShopId,
        code: String,
    },
    /// Its waybill is wanted.
    Waybill {
        shop: ShopId,
        code: String,
    },
    /// It is wanted again in an hour.
    Later {
        shop: ShopId,
        code: String,
    },
    /// The order is wanted as a card.
    Show {
        shop: ShopId,
        code: String,
    },
    StartDay {
        shop: ShopId,
    },
    Burning,
    Today,
}

/// What a channel lets a button carry.
const LONGEST: usize = 64;

impl Pressed {
    /// As a button carries it; nothing when it does not fit.
    pub fn data(&self) -> Option<String> {
        let data = match self {
            Self::Accept { shop, code } => format!("a:{shop}:{code}"),
            Self::Assemble { shop, code } => format!("p:{shop}:{code}"),
            Self::Waybill { shop, code } => format!("w:{shop}:{code}"),
            Self::Later { shop, code } => format!("l:{shop}:{code}"),
            Self::Show { shop, code } => format!("s:{shop}:{code}"),
            Self::StartDay { shop } => format!("d:{shop}"),
            Self::Burning => "burning".to_owned(),
            Self::Today => "today".to_owned(),
        };
        (data.len() <= LONGEST).then_some(data)
    }

    /// Nothing for what we never put on a button.
    pub fn read(data: &str) -> Option<Self> {
        match data {
            "burning" => return Some(Self::Burning),
            "today" => return Some(Self::Today),
            _ => {}
        }
        let (word, rest) = data.split_once(':')?;
        if word == "d" {
            return Some(Self::StartDay {
                shop: ShopId::parse(rest).ok()?,
            });
        }
        let (shop, code) = rest.split_once(':')?;
        let shop = ShopId::parse(shop).ok()?;
        if code.is_empty() || code.len() > 40 {
            return None;
        }
        let code = code.to_owned();
        match word {
            "a" => Some(Self::Accept { shop, code }),
            "p" => Some(Self::Assemble { shop, code }),
            "w" => Some(Self::Waybill { shop, code }),
            "l" => Some(Self::Later { shop, code }),
            "s" => Some(Self::Show { shop, code }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shop() -> ShopId {
        ShopId::from_parts(sauda_kernel::Timestamp::from_secs(1_790_000_000), [7; 10])
    }

    proptest! {
        #[test]
        fn what_is_put_on_a_button_is_read_back(kind in 0_usize..8, code in "[0-9]{6,30}") {
            let shop = shop();
            let pressed = match kind {
                0 => Pressed::Accept { shop, code },
                1 => Pressed::Assemble { shop, code },
                2 => Pressed::Waybill { shop, code },
                3 => Pressed::Later { shop, code },
                4 => Pressed::Show { shop, code },
                5 => Pressed::StartDay { shop },
                6 => Pressed::Burning,
                _ => Pressed::Today,
            };
            prop_assert_eq!(Pressed::read(&pressed.data().unwrap()), Some(pressed));
        }

        #[test]
        fn junk_is_no_press(data in "\\PC{0,64}") {
            if let Some(pressed) = Pressed::read(&data) {
                prop_assert_eq!(pressed.data(), Some(data));
            }
        }
    }

    #[test]
    fn a_number_that_does_not_fit_has_no_button() {
        let long = Pressed::Accept {
            shop: shop(),
            code: "9".repeat(40),
        };
        assert_eq!(long.data(), None);
        assert_eq!(Pressed::read("x:1:2"), None);
        assert_eq!(Pressed::read("a:shop_1:2"), None);
    }
}
