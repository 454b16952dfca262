//! A change of many products: what it is for, the first of them before and after, then the change. Refuses to change what was
//! not shown.

use super::{cell::shown, list::goods, query::CatalogueQuery, refused};
use crate::{
    carried::Did,
    door::Desk,
    views::{
        catalogue::{BulkLine, CatalogueBulk},
        parts::Form,
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::Session;
use sauda_catalog::{
    BulkAct, CatalogError, ProductFilter,
    import::products::{ProductFacts, ProductField},
};
use sauda_edge::{FormBody, Language, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, ProductId, Public};
use serde::Deserialize;

/// Products shown before and after.
const SHOWN: usize = 5;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BulkForm {
    /// Word of a field, `archive` or `restore`.
    action: String,
    value: Option<String>,
    product: Vec<String>,
    /// `1`: everything that the filter finds.
    all: String,
    filter: String,
}

impl BulkForm {
    fn act(&self) -> Result<Option<BulkAct>, Refusal> {
        match self.action.as_str() {
            "archive" => Ok(Some(BulkAct::Archive)),
            "restore" => Ok(Some(BulkAct::Restore)),
            word => {
                let known = ["category", "brand", "season"].contains(&word);
                let field = ProductField::parse(word).filter(|_| known).ok_or_else(|| {
                    Refusal::new(Kind::Invalid, Public::new("invalid-value").field("action"))
                })?;
                Ok(self.value.clone().map(|typed| BulkAct::Set { field, typed }))
            }
        }
    }

    fn filter(&self) -> Option<ProductFilter> {
        (self.all == "1").then(|| CatalogueQuery::parse(&self.filter).filter())
    }

    fn ids(&self) -> Vec<ProductId> {
        self.product
            .iter()
            .filter_map(|id| ProductId::parse(id).ok())
            .collect()
    }
}

pub(super) async fn preview(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    QueryParams(form): QueryParams<BulkForm>,
) -> Result<Response, Refusal> {
    show(&desk, &who.session, who.language, &form, None).await
}

async fn show(
    desk: &Desk,
    session: &Session,
    to: Language,
    form: &BulkForm,
    error: Option<CatalogError>,
) -> Result<Response, Refusal> {
    let act = form.act()?;
    let chosen = desk
        .products
        .chosen(&session.scope, &form.ids(), form.filter().as_ref())
        .await?;
    if chosen.is_empty() {
        return Ok(Did::new("did-bulk-nothing").at("/catalog"));
    }
    let mut filled = Form::default();
    if let Some(value) = &form.value {
        filled.values.insert("value".to_owned(), value.clone());
    }
    let mut problem = error;
    if let (None, Some(BulkAct::Set { field, typed })) = (&problem, &act)
        && let Err(code) = ProductFacts::default().set(*field, typed)
    {
        problem = Some(CatalogError::Fact {
            code,
            field: "value",
            value: typed.chars().take(80).collect(),
        });
    }
    let again = problem.is_some();
    if let Some(error) = problem {
        filled = refused(filled, error)?;
    }
    let is_ready = act.is_some() && !again;
    let rows = match (&act, is_ready) {
        (Some(act), true) => lines(desk, session, &chosen, act).await?,
        _ => Vec::new(),
    };
    let view = CatalogueBulk {
        action: form.action.clone(),
        chosen: i64::try_from(chosen.len()).unwrap_or(i64::MAX),
        filter: (form.all == "1").then(|| form.filter.clone()),
        products: form.ids().iter().map(ToString::to_string).collect(),
        rows,
        is_ready,
        form: filled,
    };
    let shell = desk.shell(session, to, "/catalog", "catalog").await?;
    match again {
        true => desk.again(&shell, &view),
        false => desk.draw(&shell, &view),
    }
}

async fn lines(
    desk: &Desk,
    session: &Session,
    chosen: &[ProductId],
    act: &BulkAct,
) -> Result<Vec<BulkLine>, Refusal> {
    let mut lines = Vec::new();
    for id in chosen.iter().take(SHOWN) {
        let product = desk.products.product(&session.scope, id).await?;
        let (before, after) = match act {
            BulkAct::Set { field, typed } => {
                let mut facts = product.facts.clone();
                let kept = facts.set(*field, typed).is_ok();
                (
                    shown(&product.facts, *field),
                    shown(&facts, *field).filter(|_| kept),
                )
            }
            BulkAct::Archive | BulkAct::Restore => (None, None),
        };
        lines.push(BulkLine {
            goods: goods(&product, &[]),
            before,
            after,
        });
    }
    Ok(lines)
}

pub(super) async fn apply(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    FormBody(form): FormBody<BulkForm>,
) -> Result<Response, Refusal> {
    let Some(act) = form.act()? else {
        return show(&desk, &who.session, who.language, &form, None).await;
    };
    let scope = who.scope();
    let chosen = desk
        .products
        .chosen(scope, &form.ids(), form.filter().as_ref())
        .await?;
    if chosen.is_empty() {
        return Ok(Did::new("did-bulk-nothing").at("/catalog"));
    }
    match desk.products.bulk(scope, &chosen, &act).await {
        Ok(done) => Ok(Redirect::to(&format!("/catalog/import/{}/done", done.id)).into_response()),
        Err(error @ CatalogError::Fact { .. }) => {
            show(&desk, &who.session, who.language, &form, Some(error)).await
        }
        Err(error) => Err(error.into()),
    }
}
