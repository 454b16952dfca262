//! New cards: a category, its attributes, the products without a card, what became of those that were sent. Refuses to make up an attribute.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::{
        prices::path_of,
        system::{first_shop, urlencode},
    },
    views::{
        cards::{CardsPage, CategoryLine, FieldLine, OwnCell, OwnRow, PickLine, UploadLine, UploadRow},
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
use sauda_catalog::{
    AttributeKind, CardField, CardUpload, CardValue, CardValues, CatalogError, Product, Shop,
};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Failure, ProductId};

use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/catalog/cards",
            get(async |desk, who| first_shop(desk, who, "catalog/cards").await),
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
        &CardsForm::default(),
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
    typed: &CardsForm,
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
        own: Vec::new(),
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
        page.products = found.iter().map(|product| pick_line(product, typed)).collect();
        page.own = own_rows(&page, &found, typed);
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

/// The table of what differs: a row for each chosen product, a cell for each attribute.
fn own_rows(page: &CardsPage, found: &[Product], typed: &CardsForm) -> Vec<OwnRow> {
    let differing: Vec<(usize, &FieldLine)> = page
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.differs)
        .collect();
    if differing.is_empty() {
        return Vec::new();
    }
    let chosen = found
        .iter()
        .zip(&page.products)
        .filter(|(_, pick)| pick.is_chosen);
    chosen
        .map(|(product, pick)| OwnRow {
            goods: pick.goods.clone(),
            cells: differing
                .iter()
                .map(|(at, field)| OwnCell {
                    field: *at,
                    value: typed.own_text(&product.id, &field.code).to_owned(),
                })
                .collect(),
        })
        .collect()
}

fn field_line(field: CardField, typed: &CardsForm) -> FieldLine {
    FieldLine {
        differs: typed.differs.contains(&field.attribute.code),
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
        value: typed.text(&field.attribute.code).to_owned(),
        code: field.attribute.code,
    }
}

fn pick_line(product: &Product, typed: &CardsForm) -> PickLine {
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
        is_chosen: typed.product.contains(&product.id),
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
    /// Codes of attributes that each product has of its own.
    #[serde(default)]
    differs: Vec<String>,
    /// Product and code of each own value, in the order of the values.
    #[serde(default)]
    own_product: Vec<ProductId>,
    #[serde(default)]
    own_code: Vec<String>,
    #[serde(default)]
    own_value: Vec<String>,
    /// `table` shows the table of what differs and sends nothing.
    #[serde(default)]
    act: String,
}

impl CardsForm {
    /// What was typed for all products.
    fn text(&self, code: &str) -> &str {
        let found = self
            .code
            .iter()
            .zip(&self.value)
            .find(|(known, _)| *known == code);
        found.map_or("", |(_, value)| value)
    }

    fn own(&self) -> impl Iterator<Item = (&ProductId, &str, &str)> {
        let places = self.own_product.iter().zip(&self.own_code);
        places
            .zip(&self.own_value)
            .map(|((product, code), value)| (product, code.as_str(), value.as_str()))
    }

    /// What was typed for one product.
    fn own_text(&self, product: &ProductId, code: &str) -> &str {
        let mut own = self.own();
        own.find(|(of, known, _)| *of == product && *known == code)
            .map_or("", |(_, _, value)| value)
    }

    /// Values by the kind of their attribute; an empty cell of a product leaves the common value.
    fn values(&self) -> CardValues {
        let kinds: BTreeMap<&str, &str> = self
            .code
            .iter()
            .zip(&self.kind)
            .map(|(code, kind)| (code.as_str(), kind.as_str()))
            .collect();
        let mut values = CardValues::default();
        for (code, value) in self.code.iter().zip(&self.value) {
            let kind = kinds.get(code.as_str()).copied().unwrap_or_default();
            if let Some(value) = value_of(kind, value) {
                values.common.insert(code.clone(), value);
            }
        }
        for (product, code, value) in self.own() {
            let kind = kinds.get(code).copied().unwrap_or_default();
            if let Some(value) = value_of(kind, value) {
                let own = values.own.entry(product.clone()).or_default();
                own.insert(code.to_owned(), value);
            }
        }
        values
    }
}

async fn send(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<CardsForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let mut form = Form::default();
    let wants_table = typed.act == "table";
    if typed.product.is_empty() {
        form = form.refuse("product", Told::new("cards-no-products"));
    } else if wants_table && typed.differs.is_empty() {
        form = form.refuse("", Told::new("cards-nothing-differs"));
    } else if !wants_table {
        let values = typed.values();
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
    let is_refused = !form.refusals.is_empty();
    let view = view(&desk, who.scope(), &at.shop, &query, form, &typed).await?;
    if is_refused {
        desk.again(&at.shell, &view)
    } else {
        desk.draw(&at.shell, &view)
    }
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
    fn a_value_of_one_product_has_the_kind_of_its_attribute_and_an_empty_one_says_nothing() {
        let id = |at: u8| -> ProductId {
            sauda_kernel::Id::parse(&format!("prd_01kah2m5q8e6v9z4r7t0y3w1x{at}")).unwrap()
        };
        let text = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let form = CardsForm {
            code: text(&["sheets", "color"]),
            kind: text(&["number", "text"]),
            value: text(&["48", ""]),
            own_product: vec![id(1), id(2)],
            own_code: text(&["sheets", "sheets"]),
            own_value: text(&["96,5", " "]),
            ..CardsForm::default()
        };
        let values = form.values();
        let number = |digits: &str| CardValue::Number(digits.to_owned());
        assert_eq!(
            values.common,
            BTreeMap::from([("sheets".to_owned(), number("48"))])
        );
        assert_eq!(
            values.own,
            BTreeMap::from([(id(1), BTreeMap::from([("sheets".to_owned(), number("96.5"))]))])
        );
    }

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
