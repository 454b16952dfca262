//! One product: all its facts in a form, its picture, the offers that sell it. Refuses to overwrite what somebody changed.

use super::{cell::shown, list::goods, refused};
use crate::{
    carried::Did,
    door::Desk,
    pages::prices::path_of,
    views::{
        catalogue::{NUMBERS, ProductCard, SoldLine, TEXTS},
        parts::{Form, Goods},
    },
};
use axum::{
    extract::{Multipart, OriginalUri, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::{Right, Session};
use sauda_catalog::{
    CatalogError, Product, ProductOffer,
    import::products::{ProductFacts, ProductField},
};
use sauda_edge::{FormBody, Language, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Failure as _, Kind, OfferId, ProductId, Public};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Offers that are found to be joined.
const FOUND: i64 = 20;
/// A picture is refused above this while it arrives.
const PICTURE_BYTES: usize = 400 * 1024;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct OneQuery {
    /// Words of an offer to join.
    q: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(id): PathParams<ProductId>,
    QueryParams(query): QueryParams<OneQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let product = desk.products.product(who.scope(), &id).await?;
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "catalog")
        .await?;
    let view = card(&desk, &who.session, &product, query.q.trim(), None).await?;
    desk.draw(&shell, &view)
}

async fn card(
    desk: &Desk,
    session: &Session,
    product: &Product,
    search: &str,
    form: Option<Form>,
) -> Result<ProductCard, Refusal> {
    let scope = &session.scope;
    let sees_money = scope.may(Right::ViewMoney);
    let may_edit = scope.may(Right::ManageCatalog);
    let mut sold = desk
        .products
        .offers_of(scope, std::slice::from_ref(&product.id))
        .await?;
    let sold = sold.remove(&product.id).unwrap_or_default();
    let found = match may_edit && !search.is_empty() {
        true => desk.products.offers_without_product(scope, search, FOUND).await?,
        false => Vec::new(),
    };
    let shops: BTreeMap<_, _> = desk
        .catalog
        .shops(scope)
        .await?
        .into_iter()
        .map(|shop| (shop.id.clone(), (shop.name, shop.slug)))
        .collect();
    let sees_prices = scope.may(Right::ViewPrices);
    let line = |offer: &ProductOffer| {
        let shop = shops.get(&offer.shop);
        SoldLine {
            offer: offer.id.to_string(),
            shop: shop.map(|(name, _)| name.clone()).unwrap_or_default(),
            sku: offer.sku.clone(),
            title: offer.title.clone(),
            href: shop
                .filter(|_| sees_prices)
                .map(|(_, slug)| format!("/s/{slug}/prices/{}", offer.id)),
            card: offer.card.clone(),
            card_url: offer.card_url.clone(),
            price: offer.price,
            stock: offer.stock,
            is_on_sale: offer.on_sale,
            is_by_hand: offer.by_hand,
        }
    };
    Ok(ProductCard {
        id: Some(product.id.to_string()),
        goods: goods(product, &sold),
        has_picture: product.has_picture,
        texts: TEXTS.to_vec(),
        numbers: numbers(sees_money),
        form: form.unwrap_or_else(|| filled(product, sees_money)),
        sold: sold.iter().map(line).collect(),
        found: found.iter().map(line).collect(),
        search: search.to_owned(),
        changed_by: product.changed_by.clone(),
        changed_at: Some(product.changed_at),
        is_archived: product.archived_at.is_some(),
        may_edit,
        sees_money,
    })
}

fn numbers(sees_money: bool) -> Vec<&'static str> {
    NUMBERS
        .into_iter()
        .filter(|word| sees_money || *word != "cost")
        .collect()
}

fn filled(product: &Product, sees_money: bool) -> Form {
    let mut form = Form::default();
    form.values
        .insert("version".to_owned(), product.version.to_string());
    for field in ProductField::ALL {
        let hidden = field == ProductField::Cost && !sees_money;
        if let Some(text) = shown(&product.facts, field).filter(|_| !hidden) {
            form.values.insert(field.word().to_owned(), text);
        }
    }
    form
}

/// Fields of a form that this person may set.
fn typed(form: &BTreeMap<String, String>, sees_money: bool) -> Vec<(ProductField, String)> {
    TEXTS
        .into_iter()
        .chain(numbers(sees_money))
        .filter_map(|word| {
            let field = ProductField::ALL.into_iter().find(|field| field.word() == word)?;
            Some((field, form.get(word)?.clone()))
        })
        .collect()
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ProductId>,
    FormBody(sent): FormBody<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let version = sent.get("version").and_then(|version| version.parse().ok());
    let typed = typed(&sent, scope.may(Right::ViewMoney));
    // All refusals at once, each at its field.
    let mut form = Form {
        values: sent.clone(),
        ..Form::default()
    };
    let mut trial = ProductFacts::default();
    for (field, text) in &typed {
        if let Err(code) = trial.set(*field, text) {
            let error = CatalogError::Fact {
                code,
                field: field.word(),
                value: text.chars().take(80).collect(),
            };
            form = refused(form, error)?;
        }
    }
    if form.refusals.is_empty() {
        match desk.products.edit(scope, &id, version.unwrap_or(0), &typed).await {
            Ok(_) => return Ok(Did::new("did-saved").at(&format!("/catalog/{id}"))),
            Err(error) => form = refused(form, error)?,
        }
    }
    let product = desk.products.product(scope, &id).await?;
    // After "changed meanwhile" the next press is meant: the person has been told.
    form.values
        .insert("version".to_owned(), product.version.to_string());
    let path = format!("/catalog/{id}");
    let shell = desk.shell(&who.session, who.language, &path, "catalog").await?;
    let view = card(&desk, &who.session, &product, "", Some(form)).await?;
    desk.again(&shell, &view)
}

pub(super) async fn begin(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
) -> Result<Response, Refusal> {
    fresh(&desk, &who.session, who.language, Form::default()).await
}

async fn fresh(desk: &Desk, session: &Session, to: Language, form: Form) -> Result<Response, Refusal> {
    let shell = desk.shell(session, to, "/catalog/new", "catalog").await?;
    let sees_money = session.scope.may(Right::ViewMoney);
    let again = !form.refusals.is_empty();
    let view = ProductCard {
        id: None,
        goods: Goods::new("", "", ""),
        has_picture: false,
        texts: TEXTS.to_vec(),
        numbers: numbers(sees_money),
        form,
        sold: Vec::new(),
        found: Vec::new(),
        search: String::new(),
        changed_by: String::new(),
        changed_at: None,
        is_archived: false,
        may_edit: true,
        sees_money,
    };
    match again {
        true => desk.again(&shell, &view),
        false => desk.draw(&shell, &view),
    }
}

pub(super) async fn create(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    FormBody(sent): FormBody<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let mut form = Form {
        values: sent.clone(),
        ..Form::default()
    };
    let word = ProductField::Sku.word();
    let mut facts = ProductFacts {
        sku: sent.get(word).cloned().unwrap_or_default(),
        ..ProductFacts::default()
    };
    for (field, text) in typed(&sent, scope.may(Right::ViewMoney)) {
        if let Err(code) = facts.set(field, &text) {
            let error = CatalogError::Fact {
                code,
                field: field.word(),
                value: text.chars().take(80).collect(),
            };
            form = refused(form, error)?;
        }
    }
    if form.refusals.is_empty() {
        match desk.products.create(scope, facts).await {
            Ok(product) => return Ok(Did::new("did-saved").at(&format!("/catalog/{}", product.id))),
            Err(error) => form = refused(form, error)?,
        }
    }
    fresh(&desk, &who.session, who.language, form).await
}

pub(super) async fn archive(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ProductId>,
) -> Result<Response, Refusal> {
    desk.products.archive(who.scope(), &id, true).await?;
    let did = Did::new("did-product-archived").undo(format!("/catalog/{id}/restore"));
    Ok(did.at("/catalog"))
}

pub(super) async fn restore(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ProductId>,
) -> Result<Response, Refusal> {
    desk.products.archive(who.scope(), &id, false).await?;
    Ok(Did::new("did-product-restored").at(&format!("/catalog/{id}")))
}

#[derive(Deserialize)]
pub(super) struct LinkForm {
    offer: OfferId,
}

pub(super) async fn link(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ProductId>,
    FormBody(form): FormBody<LinkForm>,
) -> Result<Response, Refusal> {
    desk.products.link(who.scope(), &form.offer, Some(&id)).await?;
    Ok(Did::new("did-product-linked").at(&format!("/catalog/{id}")))
}

pub(super) async fn unlink(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ProductId>,
    FormBody(form): FormBody<LinkForm>,
) -> Result<Response, Refusal> {
    desk.products.link(who.scope(), &form.offer, None).await?;
    Ok(Did::new("did-product-unlinked").at(&format!("/catalog/{id}")))
}

pub(super) async fn photo(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(id): PathParams<ProductId>,
) -> Result<Response, Refusal> {
    let (kind, bytes) = desk.products.photo(who.scope(), &id).await?;
    let kept = "private, max-age=604800".to_owned();
    Ok((
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)],
        bytes,
    )
        .into_response())
}

pub(super) async fn put_photo(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ProductId>,
    mut parts: Multipart,
) -> Result<Response, Refusal> {
    let cut = || Refusal::new(Kind::Invalid, Public::new("body-cut"));
    let mut bytes = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(|_| cut())? {
        if part.name() != Some("photo") {
            continue;
        }
        // What is more than enough to be refused is read and dropped.
        while let Some(piece) = part.chunk().await.map_err(|_| cut())? {
            if bytes.len() <= PICTURE_BYTES {
                bytes.extend_from_slice(&piece);
            }
        }
    }
    let path = format!("/catalog/{id}");
    let error = match desk.products.put_photo(who.scope(), &id, bytes).await {
        Ok(()) => return Ok(Did::new("did-saved").at(&path)),
        Err(error) if error.kind() == Kind::Invalid => error,
        Err(error) => return Err(error.into()),
    };
    let product = desk.products.product(who.scope(), &id).await?;
    let form = refused(filled(&product, who.scope().may(Right::ViewMoney)), error)?;
    let shell = desk.shell(&who.session, who.language, &path, "catalog").await?;
    let view = card(&desk, &who.session, &product, "", Some(form)).await?;
    desk.again(&shell, &view)
}

pub(super) async fn remove_photo(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ProductId>,
) -> Result<Response, Refusal> {
    desk.products.remove_photo(who.scope(), &id).await?;
    Ok(Redirect::to(&format!("/catalog/{id}")).into_response())
}
