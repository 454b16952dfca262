//! Own goods against the market that they stand in: where the own price lies between those of the shelf and of the same card.
//! Refuses to compare with what was not read.

use crate::{
    Research, ResearchError,
    model::{CardPoint, SellerRow, ShelfRow},
    stats,
    store::{exports, rows, sources},
};
use sauda_accounts::Scope;
use sauda_kernel::{Span, Tenge, Timestamp};
use std::collections::{BTreeSet, HashSet};

/// An own card on a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPlace {
    pub card: String,
    pub title: String,
    /// Id and name of the source.
    pub source: String,
    pub source_title: String,
    /// Snapshot that is spoken of.
    pub at: Timestamp,
    /// From 1, as buyers see it.
    pub place: i64,
    /// Cards of the snapshot.
    pub cards: i64,
    /// Own price; nothing while the own offer has none.
    pub own: Option<Tenge>,
    /// Price on the shelf: that of the cheapest seller.
    pub shelf: Option<Tenge>,
    /// Tenth, middle and nine tenths of the prices of the shelf.
    pub low: Option<Tenge>,
    pub middle: Option<Tenge>,
    pub high: Option<Tenge>,
    /// Of the cards of the shelf with a price, how many are cheaper, basis points.
    pub cheaper_bp: Option<i64>,
    /// The band of prices that the own price lies in.
    pub band: Option<(Tenge, Tenge)>,
    /// The lowest price of somebody else on this card, and whose; nothing when its sellers were not read or there is nobody else.
    pub rival: Option<(Tenge, String)>,
    pub rating_milli: Option<i64>,
    /// Middle rating of the shelf.
    pub rating_middle: Option<i64>,
    pub reviews: Option<i64>,
    /// Middle number of reviews on the shelf.
    pub reviews_middle: Option<i64>,
}

impl OwnPlace {
    /// Own price against the middle of the shelf, basis points; above zero is dearer.
    pub fn against_middle_bp(&self) -> Option<i64> {
        let (own, middle) = (self.own?.0, self.middle?.0);
        (middle > 0).then(|| (own - middle) * 10_000 / middle)
    }
}

/// Own goods in the market.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// By source and place.
    pub rows: Vec<OwnPlace>,
    /// Own cards that stand on no page that was read.
    pub unseen: usize,
}

impl Research {
    /// Every own card on every shelf where it was seen in the newest snapshot.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn compare(&self, scope: &Scope) -> Result<Comparison, ResearchError> {
        let shops: HashSet<String> = self
            .catalog
            .shops(scope)
            .await?
            .into_iter()
            .map(|shop| shop.uid)
            .collect();
        let mut told = Comparison::default();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for source in sources::list(&self.db, scope).await? {
            let Some(at) = source.read_at else { continue };
            let shelf = rows::of(&self.db, scope, &source.id, at).await?;
            let cards: Vec<&str> = shelf.iter().map(|row| row.card.as_str()).collect();
            let own = self.catalog.own_prices(scope, &cards).await?;
            let sellers = rows::sellers(&self.db, scope, &source.id, at).await?;
            let facts = ShelfFacts::of(&shelf);
            for row in &shelf {
                let Some(price) = own.get(&row.card) else { continue };
                seen.insert(row.card.clone());
                told.rows.push(OwnPlace {
                    source: source.id.clone(),
                    source_title: source.title().to_owned(),
                    at,
                    rival: rival(&sellers, &row.card, &shops),
                    ..facts.place(row, *price)
                });
            }
        }
        let own = usize::try_from(self.catalog.own_card_count(scope).await?).unwrap_or(0);
        told.unseen = own.saturating_sub(seen.len());
        told.rows
            .sort_by(|one, other| (&one.source_title, one.place).cmp(&(&other.source_title, other.place)));
        Ok(told)
    }

    /// Where a card stood on every shelf over the last days, oldest first; days in archives are left out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn card_history(
        &self,
        scope: &Scope,
        card: &str,
        days: i64,
    ) -> Result<Vec<CardPoint>, ResearchError> {
        let from = self.clock.now().local_midnight().minus(Span::from_days(days));
        Ok(exports::card_history(&self.db, scope, card, from).await?)
    }
}

/// The cheapest of the others on a card.
fn rival(sellers: &[SellerRow], card: &str, own: &HashSet<String>) -> Option<(Tenge, String)> {
    sellers
        .iter()
        .filter(|row| row.card == card && !own.contains(&row.seller))
        .min_by_key(|row| row.price)
        .map(|row| (row.price, row.name.clone()))
}

/// What is the same for every card of a shelf.
struct ShelfFacts {
    cards: i64,
    prices: Vec<i64>,
    spread: Option<(Tenge, Tenge, Tenge)>,
    bands: Vec<stats::Band>,
    rating: Option<i64>,
    reviews: Option<i64>,
}

impl ShelfFacts {
    fn of(shelf: &[ShelfRow]) -> Self {
        let middle = |values: Vec<i64>| -> Option<i64> {
            let mut values = values;
            values.sort_unstable();
            values.get(values.len().checked_sub(1)? / 2).copied()
        };
        Self {
            cards: i64::try_from(shelf.len()).unwrap_or(i64::MAX),
            prices: shelf
                .iter()
                .filter_map(|row| row.price)
                .map(|price| price.0)
                .collect(),
            spread: stats::spread(shelf),
            bands: stats::bands(shelf, None),
            rating: middle(shelf.iter().filter_map(|row| row.rating_milli).collect()),
            reviews: middle(shelf.iter().filter_map(|row| row.reviews).collect()),
        }
    }

    fn place(&self, row: &ShelfRow, own: Option<Tenge>) -> OwnPlace {
        let all = i64::try_from(self.prices.len()).unwrap_or(0);
        let cheaper = |own: Tenge| {
            let count = self.prices.iter().filter(|price| **price < own.0).count();
            (all > 0).then(|| i64::try_from(count).unwrap_or(0) * 10_000 / all)
        };
        let band = |own: Tenge| {
            let last = self.bands.last()?;
            let found = self.bands.iter().find(|band| own < band.to).unwrap_or(last);
            Some((found.from, found.to))
        };
        OwnPlace {
            card: row.card.clone(),
            title: row.title.clone(),
            source: String::new(),
            source_title: String::new(),
            at: row.first_at,
            place: row.place,
            cards: self.cards,
            own,
            shelf: row.price,
            low: self.spread.map(|(low, ..)| low),
            middle: self.spread.map(|(_, middle, _)| middle),
            high: self.spread.map(|(.., high)| high),
            cheaper_bp: own.and_then(cheaper),
            band: own.and_then(band),
            rival: None,
            rating_milli: row.rating_milli,
            rating_middle: self.rating,
            reviews: row.reviews,
            reviews_middle: self.reviews,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(card: &str, price: i64, reviews: i64) -> ShelfRow {
        ShelfRow {
            card: card.to_owned(),
            title: card.to_owned(),
            brand: None,
            url: None,
            place: 1,
            price: Some(Tenge(price)),
            rating_milli: Some(4_000 + reviews),
            reviews: Some(reviews),
            first_at: Timestamp::from_secs(0),
        }
    }

    #[test]
    fn an_own_price_lies_between_those_of_the_shelf() {
        let shelf: Vec<ShelfRow> = (1..=11).map(|at| row(&at.to_string(), at * 1_000, at)).collect();
        let told = ShelfFacts::of(&shelf).place(&shelf[4], Some(Tenge(4_900)));
        assert_eq!(told.middle, Some(Tenge(6_000)));
        assert_eq!(told.cheaper_bp, Some(4 * 10_000 / 11));
        assert_eq!(told.against_middle_bp(), Some(-1_833));
        assert_eq!((told.rating_middle, told.reviews_middle), (Some(4_006), Some(6)));
        let band = told.band.unwrap();
        assert!(band.0 <= Tenge(4_900) && Tenge(4_900) < band.1);
        let priceless = ShelfFacts::of(&shelf).place(&shelf[4], None);
        assert_eq!((priceless.cheaper_bp, priceless.band), (None, None));
    }

    #[test]
    fn the_rival_is_never_the_own_shop() {
        let seller = |seller: &str, price| SellerRow {
            card: "1".to_owned(),
            seller: seller.to_owned(),
            name: format!("shop {seller}"),
            price: Tenge(price),
            place: 1,
        };
        let own = HashSet::from(["7".to_owned()]);
        let rows = [seller("7", 900), seller("8", 1_000), seller("9", 1_100)];
        assert_eq!(rival(&rows, "1", &own), Some((Tenge(1_000), "shop 8".to_owned())));
        assert_eq!(rival(&rows[..1], "1", &own), None);
        assert_eq!(rival(&rows, "2", &own), None);
    }
}
