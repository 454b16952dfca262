//! Snapshots compared: bands, growth, sellers, weeks.

use super::*;
use proptest::prelude::*;
use sauda_kernel::Timestamp;

fn row(card: &str, price: i64, reviews: i64, first: i64) -> ShelfRow {
    ShelfRow {
        card: card.to_owned(),
        title: format!("card {card}"),
        brand: None,
        url: None,
        place: 1,
        price: (price > 0).then_some(Tenge(price)),
        rating_milli: None,
        reviews: Some(reviews),
        first_at: Timestamp::from_secs(first),
    }
}

fn seller(card: &str, seller: &str, place: i64) -> SellerRow {
    SellerRow {
        card: card.to_owned(),
        seller: seller.to_owned(),
        name: format!("seller {seller}"),
        price: Tenge(100),
        place,
    }
}

#[test]
fn new_cards_are_those_never_seen_and_taken_reviews_are_no_growth() {
    let before = [row("a", 100, 10, 1), row("b", 200, 7, 1), row("c", 300, 5, 1)];
    let now = [
        row("a", 120, 14, 1),
        row("b", 200, 6, 1),
        row("d", 90, 0, 2),
        row("e", 90, 3, 1),
    ];
    let told = change(&now, &before);
    assert_eq!(told.fresh, ["d"], "e was deeper down before");
    assert_eq!(told.gone, ["c"]);
    assert_eq!(told.grown, 4);
    let first = &told.moves[0];
    assert_eq!(
        (first.card.as_str(), first.was, first.price, first.grown),
        ("a", Some(Tenge(100)), Some(Tenge(120)), Some(4))
    );
    assert_eq!(sales(4), (40, 120));
}

#[test]
fn sellers_are_counted_by_cards_and_by_first_places() {
    let before = [seller("a", "1", 1), seller("b", "9", 1)];
    let now = [
        seller("a", "1", 2),
        seller("a", "2", 1),
        seller("b", "2", 1),
        seller("b", "3", 2),
    ];
    let (shares, left) = sellers(&now, Some(&before));
    let told: Vec<_> = shares
        .iter()
        .map(|one| {
            (
                one.seller.as_str(),
                one.cards,
                one.first,
                one.share_bp,
                one.is_new,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2", 2, 2, 10_000, true),
            ("1", 1, 0, 5_000, false),
            ("3", 1, 0, 5_000, true)
        ]
    );
    assert_eq!(left, ["seller 9"]);
    assert!(
        sellers(&now, None).0.iter().all(|one| !one.is_new),
        "nothing is new at first"
    );
}

proptest! {
    #[test]
    fn every_priced_card_is_in_exactly_one_band(prices in prop::collection::vec(0_i64..2_000_000, 0..80)) {
        let rows: Vec<ShelfRow> = prices.iter().enumerate().map(|(place, price)| row(&place.to_string(), *price, 0, 1)).collect();
        let bands = bands(&rows, None);
        let priced = prices.iter().filter(|price| **price > 0).count();
        prop_assert_eq!(bands.iter().map(|band| band.cards).sum::<i64>(), i64::try_from(priced).unwrap());
        prop_assert!(bands.len() <= 8);
        prop_assert!(bands.windows(2).all(|pair| pair[0].to == pair[1].from));
    }
}
