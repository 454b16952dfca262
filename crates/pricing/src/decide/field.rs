//! Who on the card is a rival, who is us, who is looked past. Refuses to price anything.

use super::Input;
use crate::model::{Ignored, LARGEST_PRICE, Observation, Row, RungKind};
use sauda_kernel::{BasisPoints, Span, Tenge};

/// The observation seen with the eyes of one offer and its rule.
pub(crate) struct Field<'a> {
    input: &'a Input<'a>,
    pub(crate) rows: &'a [Row],
    /// Cheaper than this is absurd.
    absurd_below: Tenge,
    /// Our days to delivery, looked up only when the rule asks.
    own_delivery: Option<i32>,
}

impl<'a> Field<'a> {
    pub(crate) fn new(input: &'a Input<'a>, seen: &'a Observation) -> Self {
        let ignore = &input.rule.ignore;
        let absurd_below = match ignore.absurd_below_bp {
            Some(share) => usual_price(input).share_up(BasisPoints(share)),
            None => Tenge::ZERO,
        };
        let mut field = Self {
            input,
            rows: seen.rows(),
            absurd_below,
            own_delivery: None,
        };
        if ignore.slower_by_days.is_some() {
            field.own_delivery = field.own_delivery_days();
        }
        field
    }

    pub(crate) fn own_row(&self) -> Option<&'a Row> {
        self.rows.iter().find(|row| row.seller == self.input.offer.seller)
    }

    pub(crate) fn own_delivery_days(&self) -> Option<i32> {
        self.input
            .offer
            .delivery_days
            .or_else(|| self.own_row()?.delivery_days)
    }

    pub(crate) fn own_rating(&self) -> Option<i32> {
        self.input
            .offer
            .rating_milli
            .or_else(|| self.own_row()?.rating_milli)
    }

    pub(crate) fn is_own_side(&self, row: &Row) -> bool {
        row.seller == self.input.offer.seller
            || self
                .input
                .sisters
                .iter()
                .any(|sister| sister.seller == row.seller)
    }

    /// What a row is to us.
    pub(crate) fn kind(&self, row: &Row) -> RungKind {
        if row.seller == self.input.offer.seller {
            RungKind::Own
        } else if self
            .input
            .sisters
            .iter()
            .any(|sister| sister.seller == row.seller)
        {
            RungKind::Sister
        } else {
            self.ignored(row).map_or(RungKind::Rival, RungKind::Ignored)
        }
    }

    fn ignored(&self, row: &Row) -> Option<Ignored> {
        let ignore = &self.input.rule.ignore;
        if ignore.sellers.contains(&row.seller) {
            return Some(Ignored::Named);
        }
        if ignore.preorder && row.preorder_days > 0 {
            return Some(Ignored::Preorder);
        }
        if row.price < self.absurd_below {
            return Some(Ignored::Absurd);
        }
        if let (Some(days), Some(theirs), Some(ours)) =
            (ignore.slower_by_days, row.delivery_days, self.own_delivery)
            && theirs.saturating_sub(ours) > days
        {
            return Some(Ignored::Slower);
        }
        if ignore
            .rating_below_milli
            .is_some_and(|least| row.rating_milli.unwrap_or(0) < least)
        {
            return Some(Ignored::Rating);
        }
        if ignore
            .reviews_below
            .is_some_and(|least| row.reviews.unwrap_or(0) < least)
        {
            return Some(Ignored::Reviews);
        }
        if ignore.other_city_warehouse && row.other_city == Some(true) {
            return Some(Ignored::OtherCity);
        }
        None
    }

    /// Rivals that count, cheapest first, with their index in the rows.
    pub(crate) fn rivals(&self) -> impl Iterator<Item = (usize, &'a Row)> + '_ {
        self.rows
            .iter()
            .enumerate()
            .filter(|(_, row)| !self.is_own_side(row) && self.ignored(row).is_none())
    }

    /// Whether there are outsiders and each of them sells by pre-order. Stops at the first that does not.
    pub(crate) fn only_preorder(&self) -> bool {
        let mut any = false;
        for row in self
            .rows
            .iter()
            .filter(|row| !self.is_own_side(row) && !self.input.rule.ignore.sellers.contains(&row.seller))
        {
            if row.preorder_days <= 0 {
                return false;
            }
            any = true;
        }
        any
    }

    /// Sellers other than us that are cheaper than a price, plus one.
    pub(crate) fn place(&self, price: Tenge) -> u32 {
        let others = self.rows.iter().take_while(|row| row.price < price);
        let cheaper = others.filter(|row| row.seller != self.input.offer.seller).count();
        u32::try_from(cheaper).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Prices of the owner's other shops that are at work here: as sent, else as seen.
    pub(crate) fn sister_prices(&self) -> impl Iterator<Item = (&'a str, Tenge)> + '_ {
        let at_work = self.input.sisters.iter().filter(|sister| sister.at_work);
        at_work.filter_map(|sister| {
            let seen = || {
                self.rows
                    .iter()
                    .find(|row| row.seller == sister.seller)
                    .map(|row| row.price)
            };
            Some((sister.seller.as_str(), sister.price.or_else(seen)?))
        })
    }
}

/// What an absurd price is measured against: the usual price; without it, where we stood a day ago, so that our own moves,
/// up or down, do not make a bait look sensible nor a sensible price absurd.
fn usual_price(input: &Input<'_>) -> Tenge {
    let day_ago = input.now.minus(Span::from_days(1));
    let first_move = input
        .moves
        .iter()
        .filter(|own| own.at >= day_ago)
        .min_by_key(|own| own.at);
    // An offer that got its first price today has no usual one.
    let stood = first_move.map_or(input.offer.price, |own| own.from);
    input
        .offer
        .usual_price
        .or(stood)
        .unwrap_or(Tenge::ZERO)
        .min(LARGEST_PRICE)
}
