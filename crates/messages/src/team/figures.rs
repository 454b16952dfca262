//! What a day came to, shop by shop: orders, sums for who may see them, prices, places. The same for the talk and for the letter.

use super::{
    Team, TeamError,
    render::Reader,
    speak::{Said, To},
};
use sauda_accounts::Right;
use sauda_catalog::Shop;
use sauda_channel::Text;
use sauda_kernel::Span;
use sauda_orders::{
    OrderFilter,
    model::{Order, View},
};

/// A heading with what is counted under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub title: String,
    pub rows: Vec<(String, String)>,
}

/// Parts under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paper {
    pub title: String,
    pub parts: Vec<Part>,
}

impl Paper {
    pub fn text(&self) -> Text {
        let mut text = Text::default().bold(self.title.clone());
        for part in &self.parts {
            text = text.then("\n\n").bold(part.title.clone());
            for (label, value) in &part.rows {
                text = text.then(format!("\n{label}: {value}"));
            }
        }
        text
    }
}

/// What burns: due within this time, or late.
pub(crate) const BURNS: Span = Span::from_hours(4);
/// Most orders that are looked through for what burns.
const MOST: i64 = 100;

impl Team {
    /// Orders of a shop that are due soon or late, the first first.
    pub(crate) async fn burning(&self, reader: &Reader<'_>, shop: &Shop) -> Result<Vec<Order>, TeamError> {
        let filter = OrderFilter {
            view: View::Open,
            limit: MOST,
            ..OrderFilter::default()
        };
        let until = self.now().plus(BURNS);
        let page = self
            .rooms
            .orders
            .list(&reader.member.scope, &shop.id, &filter)
            .await?;
        Ok(page
            .orders
            .into_iter()
            .filter(|order| order.seen.due_at.is_some_and(|due| due <= until))
            .collect())
    }

    /// How the day stands in every shop.
    pub(crate) async fn paper(&self, reader: &Reader<'_>, title: &str) -> Result<Paper, TeamError> {
        let scope = &reader.member.scope;
        let now = self.now();
        let mut parts = Vec::new();
        for shop in self.rooms.catalog.shops(scope).await? {
            let mut rows = Vec::new();
            if scope.may(Right::ViewOrders) {
                self.order_rows(reader, &shop, &mut rows).await?;
            }
            if scope.may(Right::ViewPrices) {
                self.price_rows(reader, &shop, &mut rows).await?;
            }
            parts.push(Part {
                title: shop.name,
                rows,
            });
        }
        Ok(Paper {
            title: reader.to.say(title, &[("day", Said::Day(now))]),
            parts,
        })
    }

    async fn order_rows(
        &self,
        reader: &Reader<'_>,
        shop: &Shop,
        rows: &mut Vec<(String, String)>,
    ) -> Result<(), TeamError> {
        let since = self.now().local_midnight();
        let scope = &reader.member.scope;
        let figures = self.rooms.orders.figures(scope, &shop.id, since).await?;
        let burning = self.burning(reader, shop).await?.len();
        row(&reader.to, rows, "came", Said::Number(figures.came));
        if reader.sees_money {
            row(&reader.to, rows, "sum", Said::Money(figures.sum));
        }
        row(&reader.to, rows, "accepted", Said::Number(figures.accepted));
        row(&reader.to, rows, "handed-over", Said::Number(figures.handed_over));
        row(&reader.to, rows, "late", Said::Number(figures.late));
        row(
            &reader.to,
            rows,
            "burns",
            Said::Number(i64::try_from(burning).unwrap_or(i64::MAX)),
        );
        Ok(())
    }

    async fn price_rows(
        &self,
        reader: &Reader<'_>,
        shop: &Shop,
        rows: &mut Vec<(String, String)>,
    ) -> Result<(), TeamError> {
        let scope = &reader.member.scope;
        let days = self.rooms.pricing.changes_by_day(scope, &shop.id).await?;
        let changed = days.last().map_or(0, |(_, count)| *count);
        row(&reader.to, rows, "changed", Said::Number(changed));
        let city = match &shop.main_city {
            Some(city) => Some(city.clone()),
            None => {
                let cities = self.rooms.catalog.cities(scope, &shop.id).await?;
                cities.into_iter().next().map(|city| city.city_id)
            }
        };
        if let Some(city) = city {
            let counts = self.rooms.pricing.board_counts(scope, &shop.id, &city).await?;
            let value = reader.to.say(
                "team-figure-of",
                &[
                    ("n", Said::Number(counts.first)),
                    ("all", Said::Number(counts.all)),
                ],
            );
            rows.push((reader.to.say("team-figure-first", &[]), value));
        }
        Ok(())
    }
}

fn row(to: &To<'_>, rows: &mut Vec<(String, String)>, word: &str, value: Said) {
    let label = to.say(&format!("team-figure-{word}"), &[]);
    rows.push((label, to.say("team-value", &[("value", value)])));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_read_from_top_to_bottom() {
        let paper = Paper {
            title: "Day".to_owned(),
            parts: vec![Part {
                title: "Shop <1>".to_owned(),
                rows: vec![
                    ("New".to_owned(), "4".to_owned()),
                    ("Late".to_owned(), "0".to_owned()),
                ],
            }],
        };
        assert_eq!(paper.text().words(), "Day\n\nShop <1>\nNew: 4\nLate: 0");
    }
}
