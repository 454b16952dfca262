//! Rules of a shop: the list, the shop's defaults with its shared costs, and the editor with every setting.

mod edited;
mod fields;
mod fill;
mod parse;
mod reader;
mod trial;

use crate::{
    around::AtShop,
    carried::Did,
    door::Desk,
    views::{
        parts::{Form, Told},
        rules::{RuleLine, Rules},
    },
};
use axum::{Router, extract::State, response::Response, routing::get};
use edited::{Edited, Subject, edited, state_word, subject};
use reader::{Reader, Typed};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure, Kind, RuleId};
use sauda_pricing::{
    PricingError,
    model::{Level, Rule, Strategy, resolve},
    service::{Past, RuleState, strategy_word},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/prices/rules", get(list).post(create))
        .route("/s/{shop}/prices/rules/new", get(blank))
        .route("/s/{shop}/prices/rules/{rule}", get(show).post(save))
        .route(
            "/s/{shop}/prices/rules/{rule}/archive",
            axum::routing::post(archive),
        )
}

/// The page of a rule, with its surroundings.
async fn at_rule<R>(desk: &Desk, who: &Person<R>, slug: &str, word: &str) -> Result<AtShop, Refusal> {
    desk.at_shop(
        &who.session,
        who.language,
        &format!("/s/{slug}/prices/rules{word}"),
        "prices",
        slug,
        None,
    )
    .await
}

async fn list(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = at_rule(&desk, &who, &slug, "").await?;
    let scope = who.scope();
    let shop = desk.pricing.shop_settings(scope, &at.shop.id).await?;
    let (defaults, _) = resolve(&[(Level::Shop, &shop.settings)]);
    let mut rules = vec![RuleLine {
        id: "shop".to_owned(),
        name: String::new(),
        strategy: strategy_word(defaults.strategy).to_owned(),
        summary: summary(&defaults),
        products: desk.pricing.without_rule(scope, &at.shop.id).await?,
        state: if defaults.dry_run { "dry" } else { "on" },
        changed_by: shop.updated_by.clone(),
        changed_at: shop.updated_at,
    }];
    for named in desk.pricing.rules(scope).await? {
        let (rule, _) = resolve(&[(Level::Shop, &shop.settings), (Level::Rule, &named.settings)]);
        rules.push(RuleLine {
            id: named.id.to_string(),
            strategy: strategy_word(rule.strategy).to_owned(),
            summary: summary(&rule),
            products: named.offers,
            state: state_word(named.state, &rule),
            name: named.name,
            changed_by: named.updated_by,
            changed_at: named.updated_at,
        });
    }
    let counts = at.counts;
    desk.draw(
        &at.shell,
        &Rules {
            rules,
            without: counts.no_limits,
            may_edit: scope.may(Right::ManagePrices),
        },
    )
}

fn summary(rule: &Rule) -> Told {
    match rule.strategy {
        Strategy::StayTopN { n } => Told::new("top").arg("n", n),
        Strategy::HoldMargin { margin_bp } => Told::new("margin").arg("margin_bp", margin_bp),
        Strategy::Standard {} | Strategy::AlwaysFirst {} | Strategy::Match {} | Strategy::Profit {} => {
            Told::new("step").arg("step", rule.step.get())
        }
    }
}

async fn blank(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = at_rule(&desk, &who, &slug, "/new").await?;
    let edited = edited(&desk, who.scope(), &at, Subject::New).await?;
    desk.draw(
        &at.shell,
        &edited.view(&desk, who.scope(), &at, edited.form(), None).await?,
    )
}

async fn show(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams((slug, word)): PathParams<(String, String)>,
) -> Result<Response, Refusal> {
    let at = at_rule(&desk, &who, &slug, &format!("/{word}")).await?;
    let subject = subject(&desk, who.scope(), &word).await?;
    let edited = edited(&desk, who.scope(), &at, subject).await?;
    desk.draw(
        &at.shell,
        &edited.view(&desk, who.scope(), &at, edited.form(), None).await?,
    )
}

async fn create(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    FormBody(typed): FormBody<Typed>,
) -> Result<Response, Refusal> {
    let at = at_rule(&desk, &who, &slug, "/new").await?;
    act(&desk, who.scope(), &at, Subject::New, typed).await
}

async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, word)): PathParams<(String, String)>,
    FormBody(typed): FormBody<Typed>,
) -> Result<Response, Refusal> {
    let at = at_rule(&desk, &who, &slug, &format!("/{word}")).await?;
    let subject = subject(&desk, who.scope(), &word).await?;
    act(&desk, who.scope(), &at, subject, typed).await
}

/// Does what the pressed button says with what was typed.
async fn act(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    subject: Subject,
    typed: Typed,
) -> Result<Response, Refusal> {
    let edited = edited(desk, scope, at, subject).await?;
    let mut form = Reader::new(typed);
    let rule = parse::rule_of(&mut form, &edited.rule);
    let settings = parse::settings_of(rule, &edited.before, &edited.below);
    let economics = match edited.subject {
        Subject::Shop => parse::economics_of(&mut form, &edited.shop.economics),
        Subject::New | Subject::Named(_) => edited.shop.economics.clone(),
    };
    if !form.is_good() {
        return desk.again(&at.shell, &edited.view(desk, scope, at, form.form, None).await?);
    }
    let pressed = form.text("act");
    if pressed == "backtest"
        && let Subject::Named(named) = &edited.subject
    {
        return match desk.pricing.backtest_rule(scope, &named.id, &settings).await {
            Ok(tries) => desk.draw(
                &at.shell,
                &edited
                    .view(desk, scope, at, form.form, trial::result(&tries))
                    .await?,
            ),
            Err(error) => refused(desk, scope, at, &edited, form.form, error).await,
        };
    }
    let state = match pressed.as_str() {
        "draft" => RuleState::Draft,
        "trial" => RuleState::Share,
        _ => RuleState::On,
    };
    let version = form.text("version").parse().unwrap_or(0);
    let past = match form.text("eco_past").as_str() {
        "on" => Past::Counted,
        _ => Past::Kept,
    };
    let name = form.text("name");
    let saved = match &edited.subject {
        Subject::Shop => desk
            .pricing
            .save_shop_settings(scope, &at.shop.id, settings, economics, past, version)
            .await
            .map(|_| "shop".to_owned()),
        Subject::New => desk
            .pricing
            .create_rule(scope, &name, settings, state)
            .await
            .map(|rule| rule.id.to_string()),
        Subject::Named(rule) => desk
            .pricing
            .save_rule(scope, &rule.id, &name, settings, state, version)
            .await
            .map(|rule| rule.id.to_string()),
    };
    match saved {
        Ok(id) => {
            let did = match (&edited.subject, state) {
                (Subject::Shop, _) => Did::new("did-saved"),
                (_, RuleState::Draft) => Did::new("did-rule-draft").arg("name", name),
                (_, RuleState::Share) => Did::new("did-rule-share").arg("name", name),
                (_, RuleState::On) => Did::new("did-rule-on").arg("name", name),
            };
            Ok(did.at(&format!("{}/prices/rules/{id}", at.shell.base)))
        }
        Err(error) => refused(desk, scope, at, &edited, form.form, error).await,
    }
}

/// The form again with what the room refused, each at its field; all else has a page of its own.
async fn refused(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    edited: &Edited,
    mut form: Form,
    error: PricingError,
) -> Result<Response, Refusal> {
    if !matches!(error.kind(), Kind::Invalid | Kind::Conflict) {
        return Err(error.into());
    }
    for refusal in error.public() {
        let (field, said) = fields::at_field(&refusal);
        form = form.refuse(&field, said);
    }
    desk.again(&at.shell, &edited.view(desk, scope, at, form, None).await?)
}

async fn archive(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, RuleId)>,
) -> Result<Response, Refusal> {
    let at = at_rule(&desk, &who, &slug, &format!("/{id}")).await?;
    let rule = desk.pricing.rule(who.scope(), &id).await?;
    let name = rule.name.clone();
    match desk.pricing.archive_rule(who.scope(), &id).await {
        Ok(()) => Ok(Did::new("did-rule-archived")
            .arg("name", name)
            .at(&format!("{}/prices/rules", at.shell.base))),
        Err(error) => {
            let edited = edited(&desk, who.scope(), &at, Subject::Named(Box::new(rule))).await?;
            refused(&desk, who.scope(), &at, &edited, edited.form(), error).await
        }
    }
}
