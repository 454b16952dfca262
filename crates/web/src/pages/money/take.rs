//! The landed cost of a calculation becomes the cost of its product, and can be taken back as any change of the catalogue. Refuses
//! to change a product that nobody named.

use super::fill;
use crate::{carried::Did, door::Desk};
use axum::{extract::State, response::Response};
use sauda_accounts::Right;
use sauda_catalog::{BulkAct, import::products::ProductField};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::ProductId;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CostForm {
    product: String,
    /// Tenge with a comma.
    cost: String,
    /// The calculation, to come back to.
    query: String,
}

pub(super) async fn cost(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<CostForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    scope.require(Right::ViewMoney)?;
    desk.catalog.shop_by_slug(scope, &slug).await?;
    let id =
        ProductId::parse(&form.product).map_err(|_| crate::pages::money::wrong("product", &form.product))?;
    let product = desk.products.product(scope, &id).await?;
    let act = BulkAct::Set {
        field: ProductField::Cost,
        typed: form.cost.clone(),
    };
    let done = desk.products.bulk(scope, &[id], &act).await?;
    let back = fill::query_of(&fill::typed_of(&form.query));
    Ok(Did::new("did-cost-taken")
        .arg("product", product.facts.sku)
        .arg("cost", form.cost)
        .undo(format!("/catalog/import/{}/undo", done.id))
        .at(&format!("/s/{slug}/money/calculator?{back}")))
}
