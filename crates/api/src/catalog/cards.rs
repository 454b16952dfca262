//! New cards: what a category asks for, uploads, what became of each card. Refuses to send what would be refused.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Made, Moment, Shown},
};
use axum::extract::State;
use sauda_catalog::{AttributeKind, CardUpload, CardValue, CardValues};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{CardUploadId, Kind, ProductId, Public, ShopId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which category.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CategoryQuery {
    /// Words of a title or code; of attributes, the code.
    pub category: String,
}

/// A category of the marketplace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CardCategoryView {
    pub code: String,
    pub title: String,
}

pub(crate) fn categories_op() -> Op {
    op::<need::ViewCatalog>(
        "list_card_categories",
        "Categories for new cards by words, at most 30",
    )
    .query::<CategoryQuery>()
    .shows::<Vec<CardCategoryView>>()
}

pub(crate) async fn categories(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<CategoryQuery>,
) -> Result<Shown<Vec<CardCategoryView>>, Refusal> {
    let found = state
        .cards
        .categories(&caller.scope, &shop, &query.category)
        .await?;
    let view = |one: sauda_catalog::CardCategory| CardCategoryView {
        code: one.code,
        title: one.title,
    };
    Ok(Shown(found.into_iter().map(view).collect()))
}

/// An attribute that a category asks for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CardAttributeView {
    pub code: String,
    /// `flag`, `choice`, `number` or `text`.
    pub kind: &'static str,
    pub many: bool,
    pub mandatory: bool,
    /// Of a choice.
    pub values: Vec<String>,
}

pub(crate) fn attributes_op() -> Op {
    op::<need::ViewCatalog>("list_card_attributes", "What a category asks of a card")
        .query::<CategoryQuery>()
        .shows::<Vec<CardAttributeView>>()
}

pub(crate) async fn attributes(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<CategoryQuery>,
) -> Result<Shown<Vec<CardAttributeView>>, Refusal> {
    let fields = state.cards.fields(&caller.scope, &shop, &query.category).await?;
    let view = |field: sauda_catalog::CardField| CardAttributeView {
        kind: match field.attribute.kind {
            AttributeKind::Flag => "flag",
            AttributeKind::Choice => "choice",
            AttributeKind::Number => "number",
            AttributeKind::Text | AttributeKind::Unknown(_) => "text",
        },
        many: field.attribute.many,
        mandatory: field.attribute.mandatory,
        values: field.values.into_iter().map(|value| value.name).collect(),
        code: field.attribute.code,
    };
    Ok(Shown(fields.into_iter().map(view).collect()))
}

/// One upload of new cards.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CardUpload)]
pub(crate) struct UploadView {
    pub id: String,
    pub shop_id: String,
    pub cards: i64,
    /// `recorded`, `sending`, `sent`, `done`, `refused`, or `unclear`: then a person looks.
    pub state: &'static str,
    /// The marketplace's code.
    pub code: Option<String>,
    pub told: Option<String>,
    pub by: String,
    pub at: Moment,
    pub done_at: Option<Moment>,
    pub rows: Vec<UploadRowView>,
}

/// One card of an upload.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadRowView {
    pub sku: String,
    pub product_id: String,
    /// The marketplace's word; `null` until it tells.
    pub state: Option<String>,
    pub told: Option<String>,
}

impl From<CardUpload> for UploadView {
    fn from(upload: CardUpload) -> Self {
        Self {
            id: upload.id.to_string(),
            shop_id: upload.shop.to_string(),
            cards: upload.cards,
            state: upload.state.word(),
            code: upload.code,
            told: upload.told,
            by: upload.made_by,
            at: Moment(upload.made_at),
            done_at: upload.done_at.map(Moment),
            rows: upload
                .rows
                .into_iter()
                .map(|row| UploadRowView {
                    sku: row.sku,
                    product_id: row.product.to_string(),
                    state: row.state,
                    told: row.told,
                })
                .collect(),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewCatalog>("list_card_uploads", "The newest 20 uploads of new cards")
        .shows::<Vec<UploadView>>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<Vec<UploadView>>, Refusal> {
    let all = state.cards.uploads(&caller.scope, &shop).await?;
    Ok(Shown(all.into_iter().map(UploadView::from).collect()))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewCatalog>("get_card_upload", "One upload with the result of each card")
        .shows::<UploadView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(upload): PathParams<CardUploadId>,
) -> Result<Shown<UploadView>, Refusal> {
    Ok(Shown(state.cards.upload(&caller.scope, &upload).await?.into()))
}

/// New cards of products.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CardUploadRequest)]
pub(crate) struct UploadBody {
    /// Code of the category.
    pub category: String,
    /// Attributes of all cards, by code: texts, `true` or `false`, numbers, or lists of texts.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Value>)]
    pub attributes: BTreeMap<String, Value>,
    pub products: Vec<UploadProduct>,
}

/// One product of an upload.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadProduct {
    pub product_id: String,
    /// What differs from the attributes of all.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Value>)]
    pub attributes: BTreeMap<String, Value>,
}

impl Example for UploadBody {
    fn example() -> Value {
        json!({"category": "Master - Exercise notebooks", "attributes": {"Exercise notebooks*type": "notebook"},
            "products": [{"product_id": "prd_01kah2m5q8e6v9z4r7t0y3w1xc", "attributes": {"Exercise notebooks*number of sheets": 48}}]})
    }
}

fn invalid(field: &str, value: &str) -> Refusal {
    let said = Public::new("invalid-value")
        .field(field.to_owned())
        .arg("value", value);
    Refusal::new(Kind::Invalid, said)
}

fn values(given: BTreeMap<String, Value>) -> Result<BTreeMap<String, CardValue>, Refusal> {
    given
        .into_iter()
        .map(|(code, value)| {
            let read = match &value {
                Value::String(text) => CardValue::Text(text.clone()),
                Value::Bool(flag) => CardValue::Flag(*flag),
                Value::Number(number) => CardValue::Number(number.to_string()),
                Value::Array(texts) => {
                    let texts: Option<Vec<String>> = texts
                        .iter()
                        .map(|text| text.as_str().map(str::to_owned))
                        .collect();
                    CardValue::Many(texts.ok_or_else(|| invalid(&code, &value.to_string()))?)
                }
                Value::Null | Value::Object(_) => return Err(invalid(&code, &value.to_string())),
            };
            Ok((code, read))
        })
        .collect()
}

pub(crate) fn send_op() -> Op {
    op::<need::ManageCatalog>("send_cards", "Send new cards of products")
        .about("Recorded before it is sent and sent once; the result of each card comes later.")
        .body::<UploadBody>()
        .makes::<UploadView>()
}

pub(crate) async fn send(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(body): JsonBody<UploadBody>,
) -> Result<Made<UploadView>, Refusal> {
    if body.products.is_empty() {
        return Err(invalid("products", "[]"));
    }
    let mut all = CardValues {
        common: values(body.attributes)?,
        ..CardValues::default()
    };
    let mut products = Vec::with_capacity(body.products.len());
    for one in body.products {
        let id = ProductId::parse(&one.product_id).map_err(|_| invalid("product_id", &one.product_id))?;
        let own = values(one.attributes)?;
        if !own.is_empty() {
            all.own.insert(id.clone(), own);
        }
        products.push(id);
    }
    let sent = state
        .cards
        .send(&caller.scope, &shop, &body.category, &products, &all)
        .await?;
    Ok(Made(sent.into()))
}
