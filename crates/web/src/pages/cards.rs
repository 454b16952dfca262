//! New cards: a category, its attributes, the products without a card, what became of those that were sent. Refuses to make up an attribute.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::{feed::first, prices::path_of, system::urlencode},
    views::{
        cards::{CardsPage, CategoryLine, FieldLine, PickLine, UploadLine, UploadRow},
        parts::{Form, Goods, Told},
    },
};
use axum::{
    Router,
    extract::{OriginalUri, State},
    response::Response,
    routing::get,
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::{AttributeKind, CardField, CardUpload, CardValue, CatalogError, Product, Shop};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Failure, ProductId};

use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/catalog/cards",
            get(async |desk, who| first(desk, who, "cards").await),
        )
        .route("/s/{shop}/catalog/cards", get(page).post(send))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct CardsQuery {
    /// Words of a category.
    q: String,
    /// Code of the chosen one.
    category: String,
    /// Words of products.
    p: String,
}

async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<CardsQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "catalog", &slug, None)
        .await?;
    let view = view(
        &desk,
        who.scope(),
        &at.shop,
        &query,
        Form::default(),
        &BTreeMap::new(),
    )
    .await?;
    desk.draw(&at.shell, &view)
}

async fn view(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    query: &CardsQuery,
    form: Form,
    typed: &BTreeMap<String, String>,
) -> Result<CardsPage, Refusal> {
    let base = format!("/s/{}/catalog/cards", shop.slug);
    let mut page = CardsPage {
        has_key: desk.catalog.shop_key(scope, &shop.id).await?.is_some(),
        trouble: None,
        query: query.q.trim().to_owned(),
        categories: Vec::new(),
        category: query.category.clone(),
        fields: Vec::new(),
        search: query.p.trim().to_owned(),
        products: Vec::new(),
        uploads: desk
            .cards
            .uploads(scope, &shop.id)
            .await?
            .into_iter()
            .map(upload_line)
            .collect(),
        form,
        may_edit: scope.may(Right::ManageCatalog),
    };
    if !page.has_key {
        return Ok(page);
    }
    if !page.category.is_empty() {
        match desk.cards.fields(scope, &shop.id, &query.category).await {
            Ok(fields) => page.fields = fields.into_iter().map(|field| field_line(field, typed)).collect(),
            Err(error) => page.trouble = Some(trouble(error)?),
        }
        let found = desk.cards.without_card(scope, query.p.trim()).await?;
        page.products = found.iter().map(pick_line).collect();
    } else if !page.query.is_empty() {
        match desk.cards.categories(scope, &shop.id, &query.q).await {
            Ok(found) => {
                page.categories = found
                    .into_iter()
                    .map(|one| CategoryLine {
                        href: format!("{base}?category={}", urlencode(&one.code)),
                        code: one.code,
                        title: one.title,
                    })
                    .collect();
            }
            Err(error) => page.trouble = Some(trouble(error)?),
        }
    }
    Ok(page)
}

/// What the marketplace said, for the page; other troubles have pages of their own.
fn trouble(error: CatalogError) -> Result<Told, Refusal> {
    match &error {
        CatalogError::Market(_) | CatalogError::NoKey => {
            Ok(error.public().first().map(Told::from).unwrap_or_default())
        }
        _ => Err(error.into()),
    }
}

fn field_line(field: CardField, typed: &BTreeMap<String, String>) -> FieldLine {
    FieldLine {
        name: field
            .attribute
            .code
            .rsplit('*')
            .next()
            .unwrap_or_default()
            .to_owned(),
        kind: match field.attribute.kind {
            AttributeKind::Flag => "flag",
            AttributeKind::Choice => "choice",
            AttributeKind::Number => "number",
            AttributeKind::Text | AttributeKind::Unknown(_) => "text",
        },
        many: field.attribute.many,
        mandatory: field.attribute.mandatory,
        values: field.values.into_iter().map(|value| value.name).collect(),
        value: typed.get(&field.attribute.code).cloned().unwrap_or_default(),
        code: field.attribute.code,
    }
}

fn pick_line(product: &Product) -> PickLine {
    let facts = &product.facts;
    let title = facts.title.clone().or_else(|| facts.model.clone());
    let mut lacks = Vec::new();
    if title.is_none() {
        lacks.push("title");
    }
    if facts.brand.is_none() {
        lacks.push("brand");
    }
    if facts.photo.is_none() {
        lacks.push("photo");
    }
    PickLine {
        goods: Goods::new(
            product.id.as_str(),
            title.as_deref().unwrap_or(&facts.sku),
            &facts.sku,
        ),
        lacks,
    }
}

fn upload_line(upload: CardUpload) -> UploadLine {
    UploadLine {
        at: upload.made_at,
        by: upload.made_by,
        cards: upload.cards,
        state: upload.state.word(),
        code: upload.code,
        told: upload.told,
        rows: upload
            .rows
            .into_iter()
            .map(|row| UploadRow {
                sku: row.sku,
                href: format!("/catalog/{}", row.product),
                state: row.state,
                told: row.told,
            })
            .collect(),
    }
}

#[derive(Debug, Default, Deserialize)]
struct CardsForm {
    #[serde(default)]
    category: String,
    #[serde(default)]
    product: Vec<ProductId>,
    /// Codes of attributes, in the order of the values.
    #[serde(default)]
    code: Vec<String>,
    /// `flag`, `number`, `many` or anything else, in the same order.
    #[serde(default)]
    kind: Vec<String>,
    #[serde(default)]
    value: Vec<String>,
}

async fn send(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<CardsForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let mut values = BTreeMap::new();
    let mut kept = BTreeMap::new();
    for ((code, kind), value) in typed.code.iter().zip(&typed.kind).zip(&typed.value) {
        kept.insert(code.clone(), value.clone());
        if let Some(value) = value_of(kind, value) {
            values.insert(code.clone(), value);
        }
    }
    let mut form = Form::default();
    if typed.product.is_empty() {
        form = form.refuse("product", Told::new("cards-no-products"));
    } else {
        let sent = desk
            .cards
            .send(who.scope(), &shop.id, &typed.category, &typed.product, &values)
            .await;
        match sent {
            Ok(upload) => {
                return Ok(Did::new("did-cards-sent")
                    .arg("n", upload.cards)
                    .at(&format!("/s/{slug}/catalog/cards")));
            }
            Err(error) => match form_refusals(&error) {
                Some(refusals) => form = form.refused(&refusals),
                None => return Err(error.into()),
            },
        }
    }
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "catalog", &slug, None)
        .await?;
    let query = CardsQuery {
        category: typed.category.clone(),
        ..CardsQuery::default()
    };
    let view = view(&desk, who.scope(), &at.shop, &query, form, &kept).await?;
    desk.again(&at.shell, &view)
}

/// A value as it was typed; an empty one says nothing.
fn value_of(kind: &str, typed: &str) -> Option<CardValue> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    Some(match kind {
        "flag" => CardValue::Flag(typed == "yes"),
        "number" => CardValue::Number(typed.replace(',', ".").replace(' ', "")),
        "many" => CardValue::Many(
            typed
                .split(';')
                .map(str::trim)
                .filter(|one| !one.is_empty())
                .map(str::to_owned)
                .collect(),
        ),
        _ => CardValue::Text(typed.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_by_the_kind_of_their_attribute() {
        assert_eq!(value_of("flag", "yes"), Some(CardValue::Flag(true)));
        assert_eq!(
            value_of("number", "1 048,5"),
            Some(CardValue::Number("1048.5".to_owned()))
        );
        assert_eq!(
            value_of("many", "красный; синий;"),
            Some(CardValue::Many(vec!["красный".to_owned(), "синий".to_owned()]))
        );
        assert_eq!(value_of("text", "  "), None);
    }
}
