//! Rules of a shop: the list, the shop's defaults with its shared costs, and the editor with every setting.

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
        product::{Backtest, STRATEGIES},
        rules::{CELL_ACTIONS, CELLS, RuleEditor, RuleLine, Rules},
    },
};
use axum::{Router, extract::State, response::Response, routing::get};
use reader::{Reader, Typed};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure, Kind, Public, RuleId};
use sauda_pricing::{
    PricingError,
    model::{Level, Rule, Settings, Strategy, learn_curve, resolve},
    service::{NamedRule, RuleState, ShopSettings, strategy_word},
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

async fn list(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices/rules"),
            "prices",
            &slug,
            None,
        )
        .await?;
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

fn state_word(state: RuleState, rule: &Rule) -> &'static str {
    if rule.dry_run && state == RuleState::On {
        "dry"
    } else {
        state.word()
    }
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

/// What the editor works on.
enum Subject {
    /// Defaults of the shop.
    Shop,
    New,
    Named(Box<NamedRule>),
}

impl Subject {
    fn id(&self) -> Option<String> {
        match self {
            Self::Shop => Some("shop".to_owned()),
            Self::New => None,
            Self::Named(rule) => Some(rule.id.to_string()),
        }
    }
}

/// The subject with the levels around it.
struct Edited {
    subject: Subject,
    shop: ShopSettings,
    /// Settings as kept.
    before: Settings,
    /// What holds where the subject says nothing.
    below: Rule,
    /// What is in force: `before` over `below`.
    rule: Rule,
}

async fn edited(desk: &Desk, scope: &Scope, at: &AtShop, subject: Subject) -> Result<Edited, Refusal> {
    let shop = desk.pricing.shop_settings(scope, &at.shop.id).await?;
    let (before, below, rule) = match &subject {
        Subject::Shop => {
            let rule = resolve(&[(Level::Shop, &shop.settings)]).0;
            (shop.settings.clone(), Rule::default(), rule)
        }
        Subject::New => {
            let below = resolve(&[(Level::Shop, &shop.settings)]).0;
            (Settings::default(), below.clone(), below)
        }
        Subject::Named(named) => {
            let below = resolve(&[(Level::Shop, &shop.settings)]).0;
            let rule = resolve(&[(Level::Shop, &shop.settings), (Level::Rule, &named.settings)]).0;
            (named.settings.clone(), below, rule)
        }
    };
    Ok(Edited {
        subject,
        shop,
        before,
        below,
        rule,
    })
}

async fn subject(desk: &Desk, scope: &Scope, word: &str) -> Result<Subject, Refusal> {
    if word == "shop" {
        return Ok(Subject::Shop);
    }
    let id = RuleId::parse(word).map_err(|_| Refusal::no_page())?;
    Ok(Subject::Named(Box::new(desk.pricing.rule(scope, &id).await?)))
}

impl Edited {
    /// The form as it stands before anybody types.
    fn values(&self) -> Typed {
        match &self.subject {
            Subject::Shop => {
                let mut values = fill::rule_values("", &self.rule, self.shop.version);
                values.extend(fill::economics_values(&self.shop.economics));
                values
            }
            Subject::New => fill::rule_values("", &self.rule, 0),
            Subject::Named(named) => fill::rule_values(&named.name, &self.rule, named.version),
        }
    }

    async fn view(
        &self,
        desk: &Desk,
        scope: &Scope,
        at: &AtShop,
        form: Form,
        backtest: Option<Backtest>,
    ) -> Result<RuleEditor, Refusal> {
        let (name, products, state, changed) = match &self.subject {
            Subject::Shop => {
                let products = desk.pricing.without_rule(scope, &at.shop.id).await?;
                (
                    String::new(),
                    products,
                    if self.rule.dry_run { "dry" } else { "on" },
                    Some((self.shop.updated_by.clone(), self.shop.updated_at)),
                )
            }
            Subject::New => (String::new(), 0, "new", None),
            Subject::Named(named) => (
                named.name.clone(),
                named.offers,
                state_word(named.state, &self.rule),
                Some((named.updated_by.clone(), named.updated_at)),
            ),
        };
        let history_days = desk.pricing.history_days(scope, &at.shop.id).await?;
        let trial_products = if matches!(self.subject, Subject::Named(_)) {
            products / 10
        } else {
            0
        };
        Ok(RuleEditor {
            id: self.subject.id(),
            name,
            form,
            products,
            state,
            changed_by: changed
                .as_ref()
                .map(|(by, _)| by.clone())
                .filter(|by| !by.is_empty()),
            changed_at: changed.map(|(_, at)| at),
            strategies: STRATEGIES.to_vec(),
            cells: CELLS.to_vec(),
            actions: CELL_ACTIONS.to_vec(),
            backtest,
            history_days,
            profit_lack: profit_lack(),
            trial_products,
            may_edit: scope.may(Right::ManagePrices),
        })
    }
}

/// What the profit strategy still lacks: it learns from sales, and no sales are read yet.
fn profit_lack() -> Option<Told> {
    use sauda_pricing::model::CurveLack;
    match learn_curve(&[]) {
        Ok(_) => None,
        Err(CurveLack::Days { have, need }) => Some(Told::new("days").arg("have", have).arg("need", need)),
        Err(CurveLack::Sales { have, need }) => Some(Told::new("sales").arg("have", have).arg("need", need)),
        Err(CurveLack::Places { have, need, .. }) => {
            Some(Told::new("places").arg("have", have).arg("need", need))
        }
    }
}

async fn blank(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices/rules/new"),
            "prices",
            &slug,
            None,
        )
        .await?;
    let edited = edited(&desk, who.scope(), &at, Subject::New).await?;
    let form = Form {
        values: edited.values(),
        ..Form::default()
    };
    desk.draw(
        &at.shell,
        &edited.view(&desk, who.scope(), &at, form, None).await?,
    )
}

async fn show(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams((slug, word)): PathParams<(String, String)>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices/rules/{word}"),
            "prices",
            &slug,
            None,
        )
        .await?;
    let subject = subject(&desk, who.scope(), &word).await?;
    let edited = edited(&desk, who.scope(), &at, subject).await?;
    let form = Form {
        values: edited.values(),
        ..Form::default()
    };
    desk.draw(
        &at.shell,
        &edited.view(&desk, who.scope(), &at, form, None).await?,
    )
}

async fn create(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    FormBody(typed): FormBody<Typed>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices/rules/new"),
            "prices",
            &slug,
            None,
        )
        .await?;
    act(&desk, who.scope(), &at, Subject::New, typed).await
}

async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, word)): PathParams<(String, String)>,
    FormBody(typed): FormBody<Typed>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices/rules/{word}"),
            "prices",
            &slug,
            None,
        )
        .await?;
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
    let name = form.text("name");
    let saved = match &edited.subject {
        Subject::Shop => desk
            .pricing
            .save_shop_settings(scope, &at.shop.id, settings, economics, version)
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
        let (field, said) = at_field(&refusal);
        form = form.refuse(&field, said);
    }
    desk.again(&at.shell, &edited.view(desk, scope, at, form, None).await?)
}

/// Names of settings as the rooms call them, with the field of the form and how many units of theirs make one of the form's.
const FIELDS: [(&str, &str, i64); 27] = [
    ("strategy.n", "top_n", 1),
    ("strategy.margin_bp", "margin", 100),
    ("cover.below_days", "cover_days", 1),
    ("cover.raise_bp", "cover_raise", 100),
    ("ageing.older_than_days", "ageing_days", 1),
    ("ageing.ease_bp", "ageing_ease", 100),
    ("ignore.slower_by_days", "ignore_slower", 1),
    ("ignore.rating_below_milli", "ignore_rating", 1_000),
    ("ignore.reviews_below", "ignore_reviews", 1),
    ("ignore.absurd_below_bp", "ignore_absurd", 100),
    ("match_when_better.rating_by_milli", "better_rating", 1_000),
    ("match_when_better.faster_by_days", "better_days", 1),
    ("match_when_better", "better_rating", 1),
    ("war_brake.alternations", "war_alternations", 1),
    ("war_brake.window_minutes", "war_window", 1),
    ("war_brake.wait_minutes", "war_wait", 1),
    ("war_brake.truce_hours", "war_truce", 1),
    ("war_brake.stop_level", "war_stop", 1),
    ("war_brake.step_back", "war_back", 1),
    ("sleep_lift.step", "lift_step", 1),
    ("sleep_lift.every_minutes", "lift_every", 1),
    ("sleep_lift.target", "lift_target", 1),
    ("dead_man.minutes", "dead_man_minutes", 1),
    ("dead_man.action.lift_to", "dead_man_price", 1),
    ("check.minutes", "check_minutes", 1),
    ("check.shortest_minutes", "check_shortest", 1),
    ("check.longest_minutes", "check_longest", 1),
];

/// Where a refusal belongs in the form, in the units of the form.
fn at_field(refusal: &Public) -> (String, Told) {
    let field = refusal.field.as_deref().unwrap_or_default();
    let field = if field == "check" {
        "check.shortest_minutes"
    } else {
        field
    };
    let known = FIELDS.iter().find(|(theirs, ..)| *theirs == field);
    let name = known.map_or(field, |(_, ours, _)| ours);
    if refusal.code != "rule-out-of-range" {
        return (name.to_owned(), Told::from(refusal));
    }
    // Amounts come in the unit that was chosen: shares in hundredths of a percent up to a thousand percent.
    let high = refusal
        .args
        .iter()
        .find(|(arg, _)| *arg == "high")
        .and_then(|(_, value)| value.parse::<i64>().ok());
    let is_share = matches!(name, "max_move" | "max_day" | "ask_above" | "war_back") && high == Some(100_000);
    let parts = if is_share {
        100
    } else {
        known.map_or(1, |(.., parts)| *parts)
    };
    let mut said = Told::new("web-range");
    for (arg, value) in refusal
        .args
        .iter()
        .filter(|(arg, _)| matches!(*arg, "value" | "low" | "high"))
    {
        said = match value.parse::<i64>() {
            Ok(number) if parts > 1 => said.arg(arg, reader::decimal(number, parts)),
            Ok(number) => said.arg(arg, number),
            Err(_) => said.arg(arg, value.as_str()),
        };
    }
    (name.to_owned(), said)
}

async fn archive(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, RuleId)>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices/rules/{id}"),
            "prices",
            &slug,
            None,
        )
        .await?;
    let rule = desk.pricing.rule(who.scope(), &id).await?;
    let name = rule.name.clone();
    match desk.pricing.archive_rule(who.scope(), &id).await {
        Ok(()) => Ok(Did::new("did-rule-archived")
            .arg("name", name)
            .at(&format!("{}/prices/rules", at.shell.base))),
        Err(error) => {
            let edited = edited(&desk, who.scope(), &at, Subject::Named(Box::new(rule))).await?;
            let form = Form {
                values: edited.values(),
                ..Form::default()
            };
            refused(&desk, who.scope(), &at, &edited, form, error).await
        }
    }
}
