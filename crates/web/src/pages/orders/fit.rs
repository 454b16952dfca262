//! What people say of sizes on an order's page: advise, measures, a better size, how it sat, forget. Refuses to advise by itself
//! while somebody only looks.

use super::{one, show};
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    views::{
        fit::{CorrectionLine, FitLine, FitPart, OutcomeLine},
        parts::{Form, Told},
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use sauda_orders::{
    OrderView, OrdersError,
    fit::{FitWord, FitWrong, LineFit, Measures},
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// What a form of measures asks for.
const BODY: [&str; 7] = [
    "height_cm",
    "weight_kg",
    "chest_cm",
    "waist_cm",
    "hips_cm",
    "foot_cm",
    "usual_size",
];

#[derive(Deserialize)]
pub(super) struct SizeForm {
    /// `advise`, `measures`, `correct`, `outcome` or `forget`.
    act: String,
    #[serde(default)]
    line: String,
    #[serde(default)]
    size: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    fit: String,
    #[serde(default)]
    height_cm: String,
    #[serde(default)]
    weight_kg: String,
    #[serde(default)]
    chest_cm: String,
    #[serde(default)]
    waist_cm: String,
    #[serde(default)]
    hips_cm: String,
    #[serde(default)]
    foot_cm: String,
    #[serde(default)]
    usual_size: String,
}

impl SizeForm {
    fn body(&self) -> [(&'static str, &str); 7] {
        let [height, weight, chest, waist, hips, foot, usual] = BODY;
        [
            (height, &self.height_cm),
            (weight, &self.weight_kg),
            (chest, &self.chest_cm),
            (waist, &self.waist_cm),
            (hips, &self.hips_cm),
            (foot, &self.foot_cm),
            (usual, &self.usual_size),
        ]
    }
}

pub(super) async fn say(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams((slug, code)): PathParams<(String, String)>,
    FormBody(form): FormBody<SizeForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let own = format!("/s/{slug}/orders/{code}");
    let error = match act(&desk, scope, &shop.id, &code, &form).await {
        Ok(did) => return Ok(did.arg("code", code.as_str()).at(&own)),
        Err(Said::Page(refusal)) => return Err(refusal),
        Err(Said::Form(error)) => error,
    };
    let Some(refusals) = form_refusals(&error) else {
        return Err(error.into());
    };
    let mut values = form.body().to_vec();
    values.extend([("line", form.line.as_str()), ("size", form.size.as_str())]);
    let typed = Form::of(&values).refused(&refusals);
    let shown = (typed.clone(), None);
    let at = (slug.as_str(), code.as_str());
    let (shell, view) =
        one::load_with(&desk, &who.session, who.language, &own, at, shown, Some(typed)).await?;
    desk.again(&shell, &view)
}

/// A refusal that belongs to the form, or to a page of its own.
enum Said {
    Form(OrdersError),
    Page(Refusal),
}

impl From<OrdersError> for Said {
    fn from(error: OrdersError) -> Self {
        Self::Form(error)
    }
}

async fn act(desk: &Desk, scope: &Scope, shop: &ShopId, code: &str, form: &SizeForm) -> Result<Did, Said> {
    let line = form.line.trim().parse().unwrap_or(-1);
    let orders = &desk.orders;
    Ok(match form.act.as_str() {
        "advise" => {
            let fits = orders.advise(scope, shop, code).await?;
            let known = fits.iter().any(|fit| fit.size().is_some());
            Did::new(if known {
                "did-size-advised"
            } else {
                "did-size-no-data"
            })
        }
        "measures" => {
            let body: Map<String, Value> = form
                .body()
                .into_iter()
                .filter(|(_, text)| !text.trim().is_empty())
                .map(|(name, text)| (name.to_owned(), Value::from(text.trim())))
                .collect();
            orders.put_measures(scope, shop, code, body).await?;
            Did::new("did-size-measures")
        }
        "correct" => {
            orders
                .correct(scope, shop, code, line, &form.size, &form.why)
                .await?;
            Did::new("did-size-corrected").arg("size", form.size.trim())
        }
        "outcome" => {
            let fit = FitWord::parse(&form.fit)
                .ok_or_else(|| OrdersError::FitWrong(FitWrong::Fit(form.fit.clone())))?;
            orders
                .outcome(scope, shop, code, line, fit, Some(&form.size))
                .await?;
            Did::new("did-size-outcome")
        }
        "forget" => {
            orders.forget_buyer(scope, shop, code).await?;
            Did::new("did-size-forgotten")
        }
        other => {
            return Err(Said::Page(Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("act").arg("value", other),
            )));
        }
    })
}

/// The part about sizes of an order's page.
pub(super) async fn part(
    desk: &Desk,
    scope: &Scope,
    shop: &ShopId,
    seen: &OrderView,
    action: &str,
    typed: Option<Form>,
) -> Result<FitPart, Refusal> {
    let id = &seen.order.id;
    let fits = desk.orders.fits(std::slice::from_ref(id)).await?;
    let fits = fits.get(id).map_or(&[][..], Vec::as_slice);
    let sees_buyer = scope.may(Right::ViewBuyers);
    let known = if sees_buyer {
        desk.orders.measures(scope, shop, &seen.order.seen.code).await?
    } else {
        None
    };
    Ok(FitPart {
        lines: fits.iter().map(|fit| line(seen, fit, sees_buyer)).collect(),
        action: action.to_owned(),
        said_by: known.as_ref().map(|known| (known.by.clone(), known.at)),
        form: typed.unwrap_or_else(|| known.map(|known| form_of(&known)).unwrap_or_default()),
        may_edit: scope.may(Right::ManageOrders),
        sees_buyer,
        is_new: fits.is_empty(),
        is_shown: !fits.is_empty() || desk.orders.may_have_sizes(scope, &seen.lines).await?,
    })
}

fn form_of(known: &Measures) -> Form {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    };
    let values: Vec<(&str, String)> = BODY
        .iter()
        .filter_map(|name| Some((*name, text(known.body.get(*name)?))))
        .collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Form::of(&values)
}

fn line(seen: &OrderView, fit: &LineFit, sees_buyer: bool) -> FitLine {
    let sold = seen.lines.iter().find(|line| line.number == fit.line);
    let chances = fit
        .advice
        .probabilities
        .as_ref()
        .filter(|_| fit.advice.asked.as_deref() == Some(&fit.asked));
    FitLine {
        line: fit.line,
        title: sold.map(|line| line.name.clone()).unwrap_or_default(),
        asked: fit.asked.clone(),
        mark: show::mark(fit),
        why: fit.why().map(str::to_owned),
        reasons: fit
            .advice
            .reasons
            .iter()
            .filter(|_| sees_buyer)
            .map(|reason| {
                let told = Told::new(reason.code.as_ref());
                reason
                    .args
                    .iter()
                    .fold(told, |told, (name, value)| told.arg(name, value.clone()))
            })
            .collect(),
        chances: chances.map(|all| [all.small.percent(), all.fit.percent(), all.large.percent()]),
        correction: fit.correction.as_ref().map(|one| CorrectionLine {
            code: seen.order.seen.code.clone(),
            from: one.from.clone(),
            to: one.to.clone(),
            why: one.why.clone(),
            by: one.by.clone(),
            at: one.at,
        }),
        outcome: fit.outcome.as_ref().map(|one| OutcomeLine {
            size: one.size.clone(),
            fit: one.fit.word(),
            source: one.source.word(),
            by: one.by.clone(),
        }),
    }
}
