//! What a snapshot says and what changed since another one. Refuses to guess where nothing was seen.

use crate::model::{SellerRow, ShelfRow};
use sauda_kernel::Tenge;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Tenth, middle and nine tenths of the prices; nothing without prices.
pub fn spread(rows: &[ShelfRow]) -> Option<(Tenge, Tenge, Tenge)> {
    let mut prices: Vec<i64> = rows
        .iter()
        .filter_map(|row| row.price)
        .map(|price| price.0)
        .collect();
    prices.sort_unstable();
    let last = prices.len().checked_sub(1)?;
    let at = |tenths: usize| prices.get(last * tenths / 10).copied().map(Tenge);
    Some((at(1)?, at(5)?, at(9)?))
}

/// Prices from one round number to the next, with what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    pub from: Tenge,
    /// Not included.
    pub to: Tenge,
    pub cards: i64,
    /// Reviews more than before; nothing when there is nothing to compare with.
    pub grown: Option<i64>,
}

/// Up to eight bands of equal width over the middle eight tenths; the first and the last take what lies outside.
pub fn bands(rows: &[ShelfRow], before: Option<&[ShelfRow]>) -> Vec<Band> {
    let Some((low, _, high)) = spread(rows) else {
        return Vec::new();
    };
    let step = round_step((high.0 - low.0) / 6 + 1);
    let first = low.0 / step * step;
    let count = usize::try_from((high.0 - first) / step + 1).unwrap_or(1).min(8);
    let known: HashMap<&str, i64> = reviews(before.unwrap_or_default());
    let mut bands: Vec<Band> = (0..count)
        .zip((0..).map(|place| first + place * step))
        .map(|(_, from)| Band {
            from: Tenge(from),
            to: Tenge(from + step),
            cards: 0,
            grown: before.map(|_| 0),
        })
        .collect();
    for row in rows {
        let Some(price) = row.price else { continue };
        let place = usize::try_from((price.0 - first) / step)
            .unwrap_or(0)
            .min(count - 1);
        if let Some(band) = bands.get_mut(place) {
            band.cards += 1;
            if let (Some(grown), Some(now), Some(then)) =
                (&mut band.grown, row.reviews, known.get(row.card.as_str()))
            {
                *grown += (now - then).max(0);
            }
        }
    }
    bands
}

/// 1, 2 or 5 with zeros, at least this.
fn round_step(least: i64) -> i64 {
    let mut ten = 1_i64;
    loop {
        for digit in [1, 2, 5] {
            if digit * ten >= least {
                return digit * ten;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

fn reviews(rows: &[ShelfRow]) -> HashMap<&str, i64> {
    rows.iter()
        .filter_map(|row| Some((row.card.as_str(), row.reviews?)))
        .collect()
}

/// What one card did between two snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub card: String,
    pub title: String,
    pub url: Option<String>,
    pub price: Option<Tenge>,
    /// Price before.
    pub was: Option<Tenge>,
    pub place: i64,
    pub place_was: i64,
    /// Reviews more than before.
    pub grown: Option<i64>,
}

/// What changed between two snapshots of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Cards never seen in this source before.
    pub fresh: Vec<String>,
    /// Cards of the earlier snapshot that are not here.
    pub gone: Vec<String>,
    /// Reviews more, on cards in both.
    pub grown: i64,
    /// Cards in both, the most reviewed first.
    pub moves: Vec<Move>,
}

/// Compares a snapshot with an earlier one.
pub fn change(rows: &[ShelfRow], before: &[ShelfRow]) -> Change {
    let known: HashMap<&str, &ShelfRow> = before.iter().map(|row| (row.card.as_str(), row)).collect();
    let here: BTreeSet<&str> = rows.iter().map(|row| row.card.as_str()).collect();
    let newest = before.iter().map(|row| row.first_at).max();
    let mut change = Change {
        gone: before
            .iter()
            .filter(|row| !here.contains(row.card.as_str()))
            .map(|row| row.card.clone())
            .collect(),
        ..Change::default()
    };
    for row in rows {
        let Some(then) = known.get(row.card.as_str()) else {
            // A card that was deeper down before is not new.
            if newest.is_none_or(|newest| row.first_at > newest) {
                change.fresh.push(row.card.clone());
            }
            continue;
        };
        // Reviews are taken away at times: that is no growth.
        let grown = row
            .reviews
            .zip(then.reviews)
            .map(|(now, then)| (now - then).max(0));
        change.grown += grown.unwrap_or(0);
        change.moves.push(Move {
            card: row.card.clone(),
            title: row.title.clone(),
            url: row.url.clone(),
            price: row.price,
            was: then.price,
            place: row.place,
            place_was: then.place,
            grown,
        });
    }
    change
        .moves
        .sort_by_key(|one| (-one.grown.unwrap_or(0), one.place));
    change
}

/// Buyers for one review: nobody publishes it, so a range is told and named an estimate.
const BUYERS_OF_A_REVIEW: (i64, i64) = (10, 30);

/// How many were sold if one buyer in ten, or one in thirty, leaves a review.
pub const fn sales(grown: i64) -> (i64, i64) {
    (
        grown.saturating_mul(BUYERS_OF_A_REVIEW.0),
        grown.saturating_mul(BUYERS_OF_A_REVIEW.1),
    )
}

/// One seller on the first cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SellerShare {
    pub seller: String,
    pub name: String,
    /// Cards where he sells.
    pub cards: i64,
    /// Cards where he is the cheapest.
    pub first: i64,
    /// Of all cards with sellers, basis points.
    pub share_bp: i64,
    /// He was not there in the snapshot before.
    pub is_new: bool,
}

/// Sellers, those on the most cards first, and the names of those who left. Who came and who left is told of cards whose sellers
/// were read both times: a card that was not read proves nothing.
pub fn sellers(rows: &[SellerRow], before: Option<&[SellerRow]>) -> (Vec<SellerShare>, Vec<String>) {
    let cards: BTreeSet<&str> = rows.iter().map(|row| row.card.as_str()).collect();
    let all = i64::try_from(cards.len()).unwrap_or(0).max(1);
    let old = before.unwrap_or_default();
    let old_cards: BTreeSet<&str> = old.iter().map(|row| row.card.as_str()).collect();
    let known: BTreeSet<&str> = old.iter().map(|row| row.seller.as_str()).collect();
    let mut found: BTreeMap<&str, SellerShare> = BTreeMap::new();
    for row in rows {
        let one = found.entry(row.seller.as_str()).or_insert_with(|| SellerShare {
            seller: row.seller.clone(),
            name: row.name.clone(),
            cards: 0,
            first: 0,
            share_bp: 0,
            is_new: false,
        });
        one.cards += 1;
        one.first += i64::from(row.place == 1);
        one.share_bp = one.cards * 10_000 / all;
        one.is_new |= old_cards.contains(row.card.as_str()) && !known.contains(row.seller.as_str());
    }
    let left: BTreeMap<&str, &str> = old
        .iter()
        .filter(|row| cards.contains(row.card.as_str()) && !found.contains_key(row.seller.as_str()))
        .map(|row| (row.seller.as_str(), row.name.as_str()))
        .collect();
    let mut shares: Vec<SellerShare> = found.into_values().collect();
    shares.sort_by(|one, other| {
        (other.cards, other.first)
            .cmp(&(one.cards, one.first))
            .then_with(|| one.seller.cmp(&other.seller))
    });
    (shares, left.into_values().map(str::to_owned).collect())
}

#[cfg(test)]
#[path = "stats_tests.rs"]
mod tests;
