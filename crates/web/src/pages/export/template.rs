//! A table to fill in: this shop's goods with the limits they have. The importer knows every column of it.

use super::{Cell, Sheet, workbook};
use crate::{
    door::{Desk, language},
    pages::prices::show::say,
};
use axum::{extract::State, response::Response};
use sauda_accounts::Right;
use sauda_edge::{PathParams, Person, Refusal, need};
use sauda_kernel::{OfferId, Tenge};
use sauda_pricing::board::{BoardFilter, BoardSort};

/// Rows that are read at once, and at most in all.
const PAGE: i64 = 1_000;
const MOST_ROWS: usize = 200_000;

pub(crate) async fn template(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, "", "prices", &slug, None)
        .await?;
    let sees_money = who.scope().may(Right::ViewMoney);
    let mut rows = Vec::new();
    let mut filter = BoardFilter {
        city_id: at.city.clone(),
        sort: BoardSort::NameUp,
        limit: PAGE,
        ..BoardFilter::default()
    };
    loop {
        let page = desk.pricing.board(who.scope(), &at.shop.id, &filter).await?;
        let ids: Vec<OfferId> = page.rows.iter().map(|row| row.offer.clone()).collect();
        let offers = desk.catalog.offers_by_ids(&ids).await?;
        for row in &page.rows {
            let Some(offer) = offers.iter().find(|offer| offer.id == row.offer) else {
                continue;
            };
            let tenge = |price: Option<Tenge>| Cell::number(price.map(Tenge::get));
            let mut cells = vec![
                Cell::Text(offer.sku.clone()),
                Cell::Text(offer.title.clone()),
                tenge(row.min),
                tenge(row.max),
                tenge(row.step),
            ];
            if sees_money {
                cells.push(tenge(row.cost.map(sauda_kernel::Money::tenge_up)));
            }
            rows.push(cells);
        }
        match page.next {
            Some(after) if rows.len() < MOST_ROWS => filter.after = Some(after),
            _ => break,
        }
    }
    let name = |key: &str| say(&desk, language(who.language), key, &[]);
    let mut headers = [
        "import-field-sku",
        "col-goods",
        "import-field-min",
        "import-field-max",
        "import-field-step",
    ]
    .map(name)
    .to_vec();
    if sees_money {
        headers.push(name("import-field-cost"));
    }
    let sheet = Sheet {
        name: name("nav-prices"),
        headers,
        rows,
        widths: vec![22, 48, 14, 14, 10, 16],
    };
    workbook(&format!("{slug}-limits.xlsx"), vec![sheet]).await
}
