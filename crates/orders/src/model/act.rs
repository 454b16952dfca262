//! What may be asked for with an order, when, and how its effect is recognised.

use crate::model::{Line, Seen, Stage};
use sauda_market::{CancelReason, EntryCancel, OrderAct, OrderStatus, OrderTab, WeightChange};
use serde::{Deserialize, Serialize};

/// Something asked for with an order, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Act {
    Accept,
    /// The parcel is ready, in 1 to 20 places.
    Assemble {
        parcels: u32,
    },
    /// `reason` is `buyer_asked`, `buyer_not_reachable` or `out_of_stock`.
    Cancel {
        reason: String,
        comment: Option<String>,
    },
    /// Pieces are taken out of one line; the rest of the order goes on.
    CancelLine {
        /// The marketplace's own id of the line.
        entry: String,
        /// Pieces that stay; the line goes when none does.
        left: i64,
        reason: String,
    },
    /// Goods by weight turned out lighter, or are not there; the rest of the order goes on.
    Weigh {
        entry: String,
        /// Grams that stay; 0 takes the line out.
        grams: i64,
        /// `underweight` or `out_of_stock`.
        reason: String,
    },
    /// The numbers of the devices of a line, one or two of each piece.
    Imei {
        entry: String,
        devices: Vec<Vec<String>>,
    },
    /// The buyer is sent a code.
    SendCode,
    /// The buyer told the code and has the goods.
    Complete {
        code: String,
    },
    /// Pre-ordered goods are there.
    Arrived,
    /// A parcel came back.
    ArrivedBackward,
}

/// Which act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActKind {
    Accept,
    Assemble,
    Cancel,
    CancelLine,
    Weigh,
    Imei,
    SendCode,
    Complete,
    Arrived,
    ArrivedBackward,
}

impl ActKind {
    pub const ALL: [Self; 10] = [
        Self::Accept,
        Self::Assemble,
        Self::Cancel,
        Self::CancelLine,
        Self::Weigh,
        Self::Imei,
        Self::SendCode,
        Self::Complete,
        Self::Arrived,
        Self::ArrivedBackward,
    ];

    /// Stable word for storage, the API and the key of the text `act-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Assemble => "assemble",
            Self::Cancel => "cancel",
            Self::CancelLine => "cancel_line",
            Self::Weigh => "weigh",
            Self::Imei => "imei",
            Self::SendCode => "send_code",
            Self::Complete => "complete",
            Self::Arrived => "arrived",
            Self::ArrivedBackward => "arrived_backward",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether an order that stands here may be asked for this.
    pub const fn fits(self, stage: Stage, is_kaspi_delivery: bool) -> bool {
        match self {
            Self::Accept => matches!(stage, Stage::New),
            Self::Assemble => is_kaspi_delivery && matches!(stage, Stage::Pack | Stage::Preorder),
            Self::Imei => matches!(
                stage,
                Stage::Pack | Stage::HandOver | Stage::Deliver | Stage::Pickup
            ),
            Self::Cancel | Self::CancelLine | Self::Weigh => matches!(
                stage,
                Stage::New | Stage::Pack | Stage::HandOver | Stage::Deliver | Stage::Pickup | Stage::Preorder
            ),
            Self::SendCode | Self::Complete => {
                !is_kaspi_delivery && matches!(stage, Stage::Deliver | Stage::Pickup)
            }
            Self::Arrived => matches!(stage, Stage::Preorder),
            Self::ArrivedBackward => matches!(stage, Stage::ComingBack | Stage::ReturnAsked),
        }
    }

    /// Whether it makes sense with such goods: only some are weighed, only devices have numbers.
    pub fn suits(self, lines: &[Line]) -> bool {
        match self {
            Self::Weigh => lines.iter().any(|line| line.grams.is_some()),
            Self::Imei => lines.iter().any(|line| line.imei),
            _ => true,
        }
    }

    /// The act that moves an order on from here, if a seller's act does.
    pub const fn next(stage: Stage) -> Option<Self> {
        match stage {
            Stage::New => Some(Self::Accept),
            Stage::Pack => Some(Self::Assemble),
            Stage::Deliver | Stage::Pickup => Some(Self::SendCode),
            Stage::Preorder => Some(Self::Arrived),
            Stage::ComingBack | Stage::ReturnAsked => Some(Self::ArrivedBackward),
            Stage::Sign
            | Stage::HandOver
            | Stage::OnWay
            | Stage::Done
            | Stage::Returned
            | Stage::Cancelled
            | Stage::Unknown => None,
        }
    }

    /// Sent again by itself when its effect cannot be seen: doing it twice does nothing more.
    pub const fn may_repeat(self) -> bool {
        matches!(self, Self::Accept | Self::Arrived | Self::ArrivedBackward)
    }

    /// Beside this act no other may be under way for an order; a code may be sent beside any.
    pub const fn guard(self) -> &'static str {
        match self {
            Self::SendCode => "send_code",
            Self::Imei => "imei",
            _ => "act",
        }
    }

    /// Its effect shows in the order; otherwise the marketplace's word is all there is.
    pub const fn shows(self) -> bool {
        !matches!(self, Self::SendCode | Self::Imei)
    }
}

/// Why an act is not possible now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotNow {
    /// The order stands where this makes no sense.
    Stage(Stage),
    /// The number of parcels is not 1 to 20.
    Parcels(u32),
    /// The code is not four to eight digits.
    Code,
    /// The reason is none that the marketplace knows.
    Reason,
    /// More than 1 000 letters.
    Comment(usize),
    /// The line is none of the order's, or not fewer pieces would stay.
    Line(i64),
    /// The line is none by weight, or not less would stay.
    Grams(i64),
    /// The numbers are not as many as there are pieces, or one is none.
    Imei,
}

const REASONS: [(&str, CancelReason); 3] = [
    ("buyer_asked", CancelReason::BuyerAsked),
    ("buyer_not_reachable", CancelReason::BuyerNotReachable),
    ("out_of_stock", CancelReason::OutOfStock),
];

fn reason_of(word: &str) -> Option<CancelReason> {
    Some(REASONS.into_iter().find(|(known, _)| *known == word)?.1)
}

/// Whether these are the numbers of one device: one or two, each of fifteen digits with the right check digit (3GPP TS 23.003,
/// annex B).
fn is_device(numbers: &[String]) -> bool {
    let is_imei = |text: &String| {
        let digits: Option<Vec<u32>> = text.chars().map(|sign| sign.to_digit(10)).collect();
        digits.is_some_and(|digits| {
            let weighed = digits.iter().enumerate().map(|(at, digit)| match at % 2 {
                0 => *digit,
                _ => digit * 2 / 10 + digit * 2 % 10,
            });
            digits.len() == 15 && weighed.sum::<u32>().is_multiple_of(10)
        })
    };
    (1..=2).contains(&numbers.len()) && numbers.iter().all(is_imei)
}

impl Act {
    /// Words of the reasons for a cancellation.
    pub const REASONS: [&'static str; 3] = ["buyer_asked", "buyer_not_reachable", "out_of_stock"];
    /// Words of the reasons for less weight.
    pub const WEIGHT_REASONS: [&'static str; 2] = ["underweight", "out_of_stock"];
    /// Most parcels of one order.
    pub const MOST_PARCELS: u32 = 20;

    pub const fn kind(&self) -> ActKind {
        match self {
            Self::Accept => ActKind::Accept,
            Self::Assemble { .. } => ActKind::Assemble,
            Self::Cancel { .. } => ActKind::Cancel,
            Self::CancelLine { .. } => ActKind::CancelLine,
            Self::Weigh { .. } => ActKind::Weigh,
            Self::Imei { .. } => ActKind::Imei,
            Self::SendCode => ActKind::SendCode,
            Self::Complete { .. } => ActKind::Complete,
            Self::Arrived => ActKind::Arrived,
            Self::ArrivedBackward => ActKind::ArrivedBackward,
        }
    }

    /// Whether it may be asked for with an order as it is known.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, order: &Seen) -> Result<(), NotNow> {
        if !self.kind().fits(order.stage, order.document.is_kaspi_delivery) {
            return Err(NotNow::Stage(order.stage));
        }
        match self {
            Self::Assemble { parcels } if !(1..=Self::MOST_PARCELS).contains(parcels) => {
                Err(NotNow::Parcels(*parcels))
            }
            Self::Cancel { reason, comment } => {
                let letters = comment.as_ref().map_or(0, |text| text.chars().count());
                if !Self::REASONS.contains(&reason.as_str()) {
                    Err(NotNow::Reason)
                } else if letters > 1_000 {
                    Err(NotNow::Comment(letters))
                } else {
                    Ok(())
                }
            }
            Self::CancelLine { left, .. } if *left < 0 => Err(NotNow::Line(*left)),
            Self::CancelLine { reason, .. } if !Self::REASONS.contains(&reason.as_str()) => {
                Err(NotNow::Reason)
            }
            Self::Weigh { grams, .. } if *grams < 0 => Err(NotNow::Grams(*grams)),
            Self::Weigh { reason, .. } if !Self::WEIGHT_REASONS.contains(&reason.as_str()) => {
                Err(NotNow::Reason)
            }
            Self::Imei { devices, .. } if devices.is_empty() || !devices.iter().all(|one| is_device(one)) => {
                Err(NotNow::Imei)
            }
            Self::Complete { code }
                if !(4..=8).contains(&code.len()) || !code.bytes().all(|digit| digit.is_ascii_digit()) =>
            {
                Err(NotNow::Code)
            }
            _ => Ok(()),
        }
    }

    /// As the marketplace is asked; nothing when a stored word is none that we know.
    pub fn to_market(&self) -> Option<OrderAct> {
        Some(match self {
            Self::Accept => OrderAct::Accept,
            Self::Assemble { parcels } => OrderAct::Assemble { parcels: *parcels },
            Self::Cancel { reason, comment } => OrderAct::Cancel {
                reason: reason_of(reason)?,
                comment: comment.clone(),
            },
            Self::CancelLine { .. } | Self::Weigh { .. } | Self::Imei { .. } => return None,
            Self::SendCode => OrderAct::SendCode,
            Self::Complete { code } => OrderAct::Complete { code: code.clone() },
            Self::Arrived => OrderAct::Arrived,
            Self::ArrivedBackward => OrderAct::ArrivedBackward,
        })
    }

    /// As the marketplace is asked to take pieces out of a line; nothing for every other act.
    pub fn to_entry_cancel(&self) -> Option<EntryCancel> {
        let Self::CancelLine { entry, left, reason } = self else {
            return None;
        };
        Some(EntryCancel {
            entry_id: entry.clone(),
            left: *left,
            reason: reason_of(reason)?,
            notes: String::new(),
        })
    }

    /// As the marketplace is asked for less weight; nothing for every other act.
    pub fn to_weight_change(&self, lines: &[Line]) -> Option<WeightChange> {
        let Self::Weigh { entry, grams, reason } = self else {
            return None;
        };
        let line = lines.iter().find(|line| line.market_id == *entry)?;
        Some(WeightChange {
            entry_id: entry.clone(),
            left_g: *grams,
            left: if *grams == 0 { 0 } else { line.quantity },
            is_underweight: reason == "underweight",
            notes: String::new(),
        })
    }

    /// The line of the order that it is about, if it is about one.
    pub fn entry(&self) -> Option<&str> {
        match self {
            Self::CancelLine { entry, .. } | Self::Weigh { entry, .. } | Self::Imei { entry, .. } => {
                Some(entry)
            }
            _ => None,
        }
    }

    /// Whether it makes sense with the line that it is about.
    ///
    /// # Errors
    /// Why not.
    pub fn check_line(&self, line: Option<&Line>) -> Result<(), NotNow> {
        match self {
            Self::CancelLine { left, .. } if line.is_none_or(|line| *left >= line.quantity) => {
                Err(NotNow::Line(*left))
            }
            Self::Weigh { grams, .. }
                if line
                    .and_then(|line| line.grams)
                    .is_none_or(|known| *grams >= known) =>
            {
                Err(NotNow::Grams(*grams))
            }
            Self::Imei { devices, .. }
                if line.is_none_or(|line| i64::try_from(devices.len()) != Ok(line.quantity)) =>
            {
                Err(NotNow::Imei)
            }
            _ => Ok(()),
        }
    }

    /// Whether the lines of the order show that pieces were taken out; nothing for every other act, and while lines are unknown.
    pub fn is_done_in_lines(&self, lines: &[Line]) -> Option<bool> {
        match self {
            Self::Weigh { entry, grams, .. } if !lines.is_empty() => Some(
                lines
                    .iter()
                    .find(|line| line.market_id == *entry)
                    .map_or(*grams == 0, |line| {
                        line.grams.is_some_and(|known| known <= *grams)
                    }),
            ),
            Self::CancelLine { entry, left, .. } if !lines.is_empty() => Some(
                lines
                    .iter()
                    .find(|line| line.market_id == *entry)
                    .map_or(*left == 0, |line| line.quantity <= *left),
            ),
            _ => None,
        }
    }

    /// Whether the order shows that it was done.
    pub fn is_done_in(&self, order: &Seen) -> bool {
        let stage = order.stage;
        match self {
            Self::Accept => match stage {
                Stage::Sign => order.status == OrderStatus::AcceptedByMerchant.word(),
                Stage::New | Stage::Unknown | Stage::Cancelled | Stage::ComingBack => false,
                _ => true,
            },
            Self::Assemble { .. } => order.document.assembled,
            Self::Cancel { .. } | Self::CancelLine { .. } | Self::Weigh { .. } => {
                matches!(stage, Stage::Cancelled | Stage::ComingBack)
            }
            Self::SendCode | Self::Imei { .. } => false,
            Self::Complete { .. } => matches!(stage, Stage::Done),
            Self::Arrived => matches!(
                stage,
                Stage::Pack | Stage::HandOver | Stage::OnWay | Stage::Deliver | Stage::Pickup | Stage::Done
            ),
            Self::ArrivedBackward => matches!(stage, Stage::Returned | Stage::Cancelled),
        }
    }

    /// The lists that show what has come of it; none for what ends an order: that is asked for by its number.
    pub fn listed_in(&self, order: &Seen) -> Vec<OrderTab> {
        let is_kaspi_delivery = order.document.is_kaspi_delivery;
        match self {
            Self::Accept if is_kaspi_delivery => vec![OrderTab::New, OrderTab::KaspiDelivery],
            Self::Accept => vec![OrderTab::New, OrderTab::Delivery, OrderTab::Pickup],
            Self::Assemble { .. } | Self::Arrived if is_kaspi_delivery => vec![OrderTab::KaspiDelivery],
            Self::Arrived => vec![OrderTab::Delivery, OrderTab::Pickup],
            Self::Assemble { .. }
            | Self::Cancel { .. }
            | Self::CancelLine { .. }
            | Self::Weigh { .. }
            | Self::Imei { .. }
            | Self::SendCode
            | Self::Complete { .. }
            | Self::ArrivedBackward => Vec::new(),
        }
    }

    /// Whether the order went another way meanwhile, so that this act will never show: nobody needs to wait for it.
    pub fn is_void_in(&self, order: &Seen) -> bool {
        !self.is_done_in(order)
            && (order.stage.is_over() || matches!(order.stage, Stage::ComingBack | Stage::ReturnAsked))
            && self.check(order).is_err()
    }
}

/// How far a command came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandState {
    /// Asked for, not sent.
    Recorded,
    /// Being sent: after a crash nobody knows whether it was.
    Sending,
    /// The marketplace took it; its effect is not seen yet.
    Taken,
    /// Sent, the answer is unclear: read back.
    Unclear,
    /// The order shows it.
    Done,
    /// The marketplace said no.
    Refused,
    /// Nothing is to be seen of it after all looks.
    Unseen,
}

impl CommandState {
    pub const ALL: [Self; 7] = [
        Self::Recorded,
        Self::Sending,
        Self::Taken,
        Self::Unclear,
        Self::Done,
        Self::Refused,
        Self::Unseen,
    ];

    /// Stable word for storage, the API and the key of the text `command-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Sending => "sending",
            Self::Taken => "taken",
            Self::Unclear => "unclear",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Unseen => "unseen",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    pub const fn is_open(self) -> bool {
        matches!(self, Self::Recorded | Self::Sending | Self::Taken | Self::Unclear)
    }
}
