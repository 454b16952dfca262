//! The 26 things a buyer's message may want, as listed in `facts/lang_intents.csv`. Refuses to decide which it is.

use serde::{Deserialize, Serialize};

/// What a message wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    Availability,
    Price,
    SizeAdvice,
    SizeComplaintSmall,
    SizeComplaintLarge,
    DeliveryTime,
    DeliveryPlace,
    OrderStatus,
    Cancel,
    Return,
    Exchange,
    Defect,
    WrongItem,
    Payment,
    ReceiptDocs,
    ProductQuestion,
    PhotoRequest,
    AddressHours,
    Wholesale,
    ReviewBonus,
    ThanksPositive,
    ComplaintAngry,
    HumanRequest,
    Greeting,
    Spam,
    Other,
}

/// How many intents there are.
pub const INTENTS: usize = 26;

impl Intent {
    /// In the order of the table, which is the order of the learned columns.
    pub const ALL: [Self; INTENTS] = [
        Self::Availability,
        Self::Price,
        Self::SizeAdvice,
        Self::SizeComplaintSmall,
        Self::SizeComplaintLarge,
        Self::DeliveryTime,
        Self::DeliveryPlace,
        Self::OrderStatus,
        Self::Cancel,
        Self::Return,
        Self::Exchange,
        Self::Defect,
        Self::WrongItem,
        Self::Payment,
        Self::ReceiptDocs,
        Self::ProductQuestion,
        Self::PhotoRequest,
        Self::AddressHours,
        Self::Wholesale,
        Self::ReviewBonus,
        Self::ThanksPositive,
        Self::ComplaintAngry,
        Self::HumanRequest,
        Self::Greeting,
        Self::Spam,
        Self::Other,
    ];

    /// The stable word of the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Availability => "availability",
            Self::Price => "price",
            Self::SizeAdvice => "size_advice",
            Self::SizeComplaintSmall => "size_complaint_small",
            Self::SizeComplaintLarge => "size_complaint_large",
            Self::DeliveryTime => "delivery_time",
            Self::DeliveryPlace => "delivery_place",
            Self::OrderStatus => "order_status",
            Self::Cancel => "cancel",
            Self::Return => "return",
            Self::Exchange => "exchange",
            Self::Defect => "defect",
            Self::WrongItem => "wrong_item",
            Self::Payment => "payment",
            Self::ReceiptDocs => "receipt_docs",
            Self::ProductQuestion => "product_question",
            Self::PhotoRequest => "photo_request",
            Self::AddressHours => "address_hours",
            Self::Wholesale => "wholesale",
            Self::ReviewBonus => "review_bonus",
            Self::ThanksPositive => "thanks_positive",
            Self::ComplaintAngry => "complaint_angry",
            Self::HumanRequest => "human_request",
            Self::Greeting => "greeting",
            Self::Spam => "spam",
            Self::Other => "other",
        }
    }

    /// The intent of a word of the table.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|intent| intent.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../../../facts/lang_intents.csv");

    #[test]
    fn the_intents_are_those_of_the_table_in_its_order() {
        let words: Vec<&str> = TABLE
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .collect();
        assert_eq!(words, Intent::ALL.map(Intent::word));
    }
}
