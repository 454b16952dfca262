//! Products: lists, one of them, made, changed, joined with offers. Refuses to change what the caller has not seen.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, IfMatch, Made, Moment, Page, Shown, Sum, Versioned, bad_cursor, limit_of, present},
};
use axum::extract::State;
use sauda_accounts::{Right, Scope};
use sauda_catalog::{
    Problem, Product, ProductCursor, ProductFilter, ProductPage, ProductSort,
    import::products::{ProductFacts, ProductField, gender_word, season_word, size_word},
};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, OfferId, ProductId, Public};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which products.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProductsQuery {
    /// Words of the name, SKU, brand, model, codes or barcode.
    pub search: Option<String>,
    pub category: Option<String>,
    pub brand: Option<String>,
    pub season: Option<String>,
    /// `no_cost`, `no_weight`, `no_category`, `no_barcode`, `no_photo`, `no_offer`.
    pub problem: Option<String>,
    /// Those that were put away instead.
    #[serde(default)]
    pub archived: bool,
    /// `name` (without it), `sku`, `price`, `stock`, `changed`; with `-` before it downwards.
    pub sort: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

fn invalid(field: &'static str, value: &str) -> Refusal {
    Refusal::new(
        Kind::Invalid,
        Public::new("invalid-value").field(field).arg("value", value),
    )
}

impl ProductsQuery {
    fn filter(&self) -> Result<ProductFilter, Refusal> {
        let problem = match self.problem.as_deref() {
            None => None,
            Some(word) => Some(Problem::parse(word).ok_or_else(|| invalid("problem", word))?),
        };
        Ok(ProductFilter {
            search: self.search.clone().unwrap_or_default(),
            category: self.category.clone(),
            brand: self.brand.clone(),
            season: self.season.clone(),
            problem,
            archived: self.archived,
        })
    }

    fn page(&self) -> Result<ProductPage, Refusal> {
        let sort = self.sort.as_deref().unwrap_or("name");
        let word = sort.strip_prefix('-').unwrap_or(sort);
        let after = match self.after.as_deref() {
            None => None,
            Some(text) => {
                let read = text.split_once(':').and_then(|(id, key)| {
                    Some(ProductCursor {
                        key: key.to_owned(),
                        id: ProductId::parse(id).ok()?,
                    })
                });
                Some(read.ok_or_else(|| bad_cursor(text))?)
            }
        };
        Ok(ProductPage {
            sort: ProductSort::parse(word).ok_or_else(|| invalid("sort", sort))?,
            descending: sort.starts_with('-'),
            after,
            limit: i64::try_from(limit_of(self.limit)?).unwrap_or(50),
        })
    }
}

/// A product of the merchant. `cost` is null to those without the right `view_money`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Product)]
pub(crate) struct ProductView {
    pub id: String,
    pub sku: String,
    pub title: Option<String>,
    /// The card at the marketplace.
    pub master_code: Option<String>,
    pub code: Option<String>,
    pub brand: Option<String>,
    pub model: Option<String>,
    pub color: Option<String>,
    pub size: Option<String>,
    /// The size as all sheets may share it.
    pub size_normalised: Option<String>,
    pub gender: Option<String>,
    /// `male`, `female`, `unisex`, `boys`, `girls`, `kids`; null for other words.
    pub gender_normalised: Option<&'static str>,
    pub season: Option<String>,
    /// `winter`, `summer`, `spring_autumn`, `all`; null for other words.
    pub season_normalised: Option<&'static str>,
    pub category: Option<String>,
    pub subcategory: Option<String>,
    pub barcode: Option<String>,
    /// Address of a picture.
    pub photo: Option<String>,
    pub store: Option<String>,
    /// Where it lies, as whoever packs calls it.
    pub shelf: Option<String>,
    pub price: Option<Sum>,
    pub cost: Option<Sum>,
    pub stock: Option<i64>,
    pub weight_grams: Option<i64>,
    /// For `If-Match`.
    pub version: i64,
    pub changed_at: Moment,
    pub changed_by: String,
    pub archived_at: Option<Moment>,
}

impl ProductView {
    pub(super) fn of(product: Product, scope: &Scope) -> Self {
        let facts = product.facts;
        Self {
            id: product.id.to_string(),
            size_normalised: facts.size.as_deref().map(size_word),
            gender_normalised: facts.gender.as_deref().and_then(gender_word),
            season_normalised: facts.season.as_deref().and_then(season_word),
            sku: facts.sku,
            title: facts.title,
            master_code: facts.master_code,
            code: facts.code,
            brand: facts.brand,
            model: facts.model,
            color: facts.color,
            size: facts.size,
            gender: facts.gender,
            season: facts.season,
            category: facts.category,
            subcategory: facts.subcategory,
            barcode: facts.barcode,
            photo: facts.photo,
            store: facts.store,
            shelf: facts.shelf,
            price: facts.price.map(Sum::from),
            cost: facts.cost.filter(|_| scope.may(Right::ViewMoney)).map(Sum::from),
            stock: facts.stock,
            weight_grams: facts.weight_grams,
            version: product.version,
            changed_at: Moment(product.changed_at),
            changed_by: product.changed_by,
            archived_at: product.archived_at.map(Moment),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewCatalog>("list_products", "Products of the merchant")
        .query::<ProductsQuery>()
        .lists::<ProductView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ProductsQuery>,
) -> Result<Shown<Page<ProductView>>, Refusal> {
    let found = state
        .products
        .list(&caller.scope, &query.filter()?, &query.page()?)
        .await?;
    Ok(Shown(Page {
        items: found
            .products
            .into_iter()
            .map(|product| ProductView::of(product, &caller.scope))
            .collect(),
        next: found.next.map(|next| format!("{}:{}", next.id, next.key)),
    }))
}

/// How many products there are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProductCounts)]
pub(crate) struct CountsView {
    pub active: i64,
    pub archived: i64,
    /// Active ones by what they lack.
    pub problems: BTreeMap<&'static str, i64>,
}

pub(crate) fn counts_op() -> Op {
    op::<need::ViewCatalog>("count_products", "How many products there are and what they lack")
        .shows::<CountsView>()
}

pub(crate) async fn counts(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
) -> Result<Shown<CountsView>, Refusal> {
    let counts = state.products.counts(&caller.scope).await?;
    Ok(Shown(CountsView {
        active: counts.active,
        archived: counts.archived,
        problems: counts
            .problems
            .into_iter()
            .map(|(problem, count)| (problem.word(), count))
            .collect(),
    }))
}

/// Facts of a product: an absent member stays, `null` takes it away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ProductPatch)]
pub(crate) struct ProductBody {
    /// The merchant's own code: needed for a new product, and fixed from then on.
    pub sku: Option<String>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub title: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub master_code: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub code: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub brand: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub model: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub color: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub size: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub gender: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub season: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub category: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub subcategory: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub barcode: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub photo: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub store: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub shelf: Option<Option<String>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<Sum>)]
    pub price: Option<Option<Sum>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<Sum>)]
    pub cost: Option<Option<Sum>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<i64>)]
    pub stock: Option<Option<i64>>,
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<i64>)]
    pub weight_grams: Option<Option<i64>>,
    /// Puts the product away, or takes it out again.
    pub archived: Option<bool>,
}

impl Example for ProductBody {
    fn example() -> Value {
        json!({"season": "Winter", "weight_grams": 950, "cost": {"amount_minor": 2_530_000, "currency": "KZT"}, "barcode": null})
    }
}

impl ProductBody {
    /// Given members as they would be typed, so that one set of rules judges them.
    fn typed(self, scope: &Scope) -> Result<Vec<(ProductField, String)>, Refusal> {
        let mut typed = Vec::new();
        typed.extend(self.sku.map(|sku| (ProductField::Sku, sku)));
        let texts = [
            (ProductField::Title, self.title),
            (ProductField::MasterCode, self.master_code),
            (ProductField::Code, self.code),
            (ProductField::Brand, self.brand),
            (ProductField::Model, self.model),
            (ProductField::Color, self.color),
            (ProductField::Size, self.size),
            (ProductField::Gender, self.gender),
            (ProductField::Season, self.season),
            (ProductField::Category, self.category),
            (ProductField::Subcategory, self.subcategory),
            (ProductField::Barcode, self.barcode),
            (ProductField::Photo, self.photo),
            (ProductField::Store, self.store),
            (ProductField::Shelf, self.shelf),
        ];
        for (field, member) in texts {
            typed.extend(member.map(|text| (field, text.unwrap_or_default())));
        }
        if let Some(price) = self.price {
            let price = price.map(|sum| sum.price("price")).transpose()?;
            let text = price.map(|price| price.get().to_string());
            typed.push((ProductField::Price, text.unwrap_or_default()));
        }
        if let Some(cost) = self.cost {
            if !scope.may(Right::ViewMoney) {
                return Err(invalid("cost", "cost"));
            }
            let text = cost.map(|cost| {
                let (whole, rest) = (cost.amount_minor / 100, (cost.amount_minor % 100).abs());
                format!("{whole},{rest:02}")
            });
            typed.push((ProductField::Cost, text.unwrap_or_default()));
        }
        if let Some(stock) = self.stock {
            let text = stock.map(|stock| stock.to_string());
            typed.push((ProductField::Stock, text.unwrap_or_default()));
        }
        if let Some(grams) = self.weight_grams {
            let text = grams.map(|grams| format!("{grams} g"));
            typed.push((ProductField::Weight, text.unwrap_or_default()));
        }
        Ok(typed)
    }
}

/// A new product: its `sku`, a `title` or `model`, and whatever else is known.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = NewProduct)]
pub(crate) struct NewProductBody(ProductBody);

impl Example for NewProductBody {
    fn example() -> Value {
        json!({"sku": "ARN-52-BLK", "title": "Aru Nord down coat", "brand": "Aru", "stock": 4})
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageCatalog>("create_product", "Add a product")
        .body::<NewProductBody>()
        .conflicts()
        .makes::<ProductView>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewProductBody>,
) -> Result<Made<ProductView>, Refusal> {
    let mut body = body.0;
    let mut facts = ProductFacts {
        sku: body.sku.take().unwrap_or_default(),
        ..ProductFacts::default()
    };
    for (field, text) in body.typed(&caller.scope)? {
        facts.set(field, &text).map_err(|code| {
            Refusal::new(
                Kind::Invalid,
                Public::new(code).field(field.word()).arg("value", text.clone()),
            )
        })?;
    }
    let product = state.products.create(&caller.scope, facts).await?;
    Ok(Made(ProductView::of(product, &caller.scope)))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewCatalog>("show_product", "One product").shows::<ProductView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ProductId>,
) -> Result<Versioned<ProductView>, Refusal> {
    let product = state.products.product(&caller.scope, &id).await?;
    let version = product.version;
    Ok(Versioned(ProductView::of(product, &caller.scope), version))
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageCatalog>("change_product", "Change some facts of a product, or archive it")
        .body::<ProductBody>()
        .versioned()
        .shows::<ProductView>()
}

pub(crate) async fn change(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ProductId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<ProductBody>,
) -> Result<Versioned<ProductView>, Refusal> {
    let scope = &caller.scope;
    let archived = body.archived;
    let typed = body.typed(scope)?;
    let mut product = state.products.edit(scope, &id, version, &typed).await?;
    if let Some(away) = archived {
        product = state.products.archive(scope, &id, away).await?;
    }
    let version = product.version;
    Ok(Versioned(ProductView::of(product, scope), version))
}

/// An offer that sells a product.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProductOffer)]
pub(crate) struct SoldView {
    pub offer_id: String,
    pub shop_id: String,
    pub sku: String,
    pub title: String,
    pub card: Option<String>,
    pub price: Option<Sum>,
    pub stock: Option<i64>,
    pub on_sale: bool,
    /// Joined by a person, not by the same SKU.
    pub by_hand: bool,
}

pub(crate) fn offers_op() -> Op {
    op::<need::ViewCatalog>("list_product_offers", "Offers that sell a product").shows::<Vec<SoldView>>()
}

pub(crate) async fn offers(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ProductId>,
) -> Result<Shown<Vec<SoldView>>, Refusal> {
    state.products.product(&caller.scope, &id).await?;
    let mut sold = state
        .products
        .offers_of(&caller.scope, std::slice::from_ref(&id))
        .await?;
    let lines = sold.remove(&id).unwrap_or_default();
    Ok(Shown(
        lines
            .into_iter()
            .map(|offer| SoldView {
                offer_id: offer.id.to_string(),
                shop_id: offer.shop.to_string(),
                sku: offer.sku,
                title: offer.title,
                card: offer.card,
                price: offer.price.map(Sum::from),
                stock: offer.stock,
                on_sale: offer.on_sale,
                by_hand: offer.by_hand,
            })
            .collect(),
    ))
}

/// Which product an offer sells.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProductLink)]
pub(crate) struct LinkBody {
    /// Null: none.
    pub product_id: Option<String>,
}

impl Example for LinkBody {
    fn example() -> Value {
        json!({"product_id": null})
    }
}

pub(crate) fn link_op() -> Op {
    op::<need::ManageCatalog>(
        "link_offer",
        "Join an offer with a product by hand, or take it apart",
    )
    .body::<LinkBody>()
}

pub(crate) async fn link(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(offer): PathParams<OfferId>,
    JsonBody(body): JsonBody<LinkBody>,
) -> Result<Done, Refusal> {
    let product = match body.product_id.as_deref() {
        None => None,
        Some(text) => Some(ProductId::parse(text).map_err(|_| invalid("product_id", text))?),
    };
    state
        .products
        .link(&caller.scope, &offer, product.as_ref())
        .await?;
    Ok(Done)
}
