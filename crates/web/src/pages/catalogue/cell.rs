//! One fact typed in its cell: saved at once, refused with the reason, and never over somebody else's newer value.

use super::kilograms;
use crate::{
    carried::Did,
    door::{Desk, language},
    format,
    pages::prices::{cell::answered, show::say},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use sauda_accounts::Right;
use sauda_catalog::{
    CatalogError, Product,
    import::products::{ProductFacts, ProductField},
};
use sauda_edge::{FormBody, Language, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure, Kind, ProductId, Public, Tenge};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub(super) struct CellForm {
    /// Word of a field.
    field: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    version: String,
}

/// What the script of the cell is told.
#[derive(Serialize)]
struct Answer {
    value: Option<String>,
    text: String,
    version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ProductId>,
    headers: HeaderMap,
    FormBody(form): FormBody<CellForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let field = ProductField::parse(&form.field)
        .filter(|field| *field != ProductField::Cost || scope.may(Right::ViewMoney))
        .ok_or_else(|| Refusal::new(Kind::Invalid, Public::new("invalid-value").field("field")))?;
    let version = match form.version.parse() {
        Ok(version) => version,
        Err(_) => desk.products.product(scope, &id).await?.version,
    };
    let saved = desk
        .products
        .edit(scope, &id, version, &[(field, form.value.clone())])
        .await;
    let wants_json = headers
        .get(header::ACCEPT)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.contains("application/json"));
    if !wants_json {
        saved?;
        return Ok(Did::new("did-saved").at(&format!("/catalog/{id}")));
    }
    match saved {
        Ok(product) => {
            let mut told = answer(&desk, who.language, field, &product);
            let to = language(who.language);
            let name = say(&desk, to, &format!("catalogue-field-{}", field.word()), &[]);
            let key = match told.value {
                Some(_) => "did-product-cell",
                None => "did-product-cell-cleared",
            };
            let args = [("field", name.into()), ("value", told.text.as_str().into())];
            told.said = Some(say(&desk, to, key, &args));
            Ok(answered(StatusCode::OK, &told))
        }
        Err(error @ CatalogError::Changed { .. }) => {
            let now = desk.products.product(scope, &id).await?;
            let mut told = answer(&desk, who.language, field, &now);
            told.message = Some(sentence(&desk, who.language, &error));
            Ok(answered(StatusCode::CONFLICT, &told))
        }
        Err(error) if error.kind() == Kind::Invalid => {
            let said = serde_json::json!({ "message": sentence(&desk, who.language, &error) });
            Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, &said))
        }
        Err(error) => Err(error.into()),
    }
}

fn sentence(desk: &Desk, to: Language, error: &CatalogError) -> String {
    let public = error.public().into_iter().next();
    let public = public.unwrap_or_else(|| Public::new("bug"));
    desk.edge.words().refusal(to, &public, desk.now())
}

fn answer(desk: &Desk, to: Language, field: ProductField, product: &Product) -> Answer {
    let value = shown(&product.facts, field);
    let text = value
        .clone()
        .unwrap_or_else(|| say(desk, language(to), "set-it", &[]));
    Answer {
        value,
        text,
        version: product.version,
        said: None,
        message: None,
    }
}

/// A fact as a cell or a form shows it.
pub(super) fn shown(facts: &ProductFacts, field: ProductField) -> Option<String> {
    match field {
        ProductField::Price => facts.price.map(|price| format::group(price.get())),
        ProductField::Stock => facts.stock.map(format::group),
        ProductField::Weight => kilograms(facts),
        ProductField::Cost => facts.cost.map(|cost| {
            let (whole, tiyn) = (cost.tiyn() / 100, cost.tiyn() % 100);
            match tiyn {
                0 => Tenge(whole).to_string(),
                tiyn => format!("{},{tiyn:02}", Tenge(whole)),
            }
        }),
        _ => facts.text(field).map(ToOwned::to_owned),
    }
}
