//! What the editor works on, with the levels around it, and the page of it. Refuses to read what was typed.

use super::{fill, reader::Typed};
use crate::{
    around::AtShop,
    door::Desk,
    views::{
        parts::{Form, Told},
        product::{Backtest, STRATEGIES},
        rules::{CELL_ACTIONS, CELLS, RuleEditor},
    },
};
use sauda_accounts::{Right, Scope};
use sauda_edge::Refusal;
use sauda_kernel::RuleId;
use sauda_pricing::{
    model::{Level, Rule, Settings, learn_curve, resolve},
    service::{NamedRule, RuleState, ShopSettings},
};

/// What the editor works on.
pub(super) enum Subject {
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
pub(super) struct Edited {
    pub subject: Subject,
    pub shop: ShopSettings,
    /// Settings as kept.
    pub before: Settings,
    /// What holds where the subject says nothing.
    pub below: Rule,
    /// What is in force: `before` over `below`.
    pub rule: Rule,
}

pub(super) async fn edited(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    subject: Subject,
) -> Result<Edited, Refusal> {
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

pub(super) async fn subject(desk: &Desk, scope: &Scope, word: &str) -> Result<Subject, Refusal> {
    if word == "shop" {
        return Ok(Subject::Shop);
    }
    let id = RuleId::parse(word).map_err(|_| Refusal::no_page())?;
    Ok(Subject::Named(Box::new(desk.pricing.rule(scope, &id).await?)))
}

impl Edited {
    /// The form as it stands before anybody types.
    pub(super) fn form(&self) -> Form {
        Form {
            values: self.values(),
            ..Form::default()
        }
    }

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

    pub(super) async fn view(
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

pub(super) fn state_word(state: RuleState, rule: &Rule) -> &'static str {
    if rule.dry_run && state == RuleState::On {
        "dry"
    } else {
        state.word()
    }
}
