//! What the service takes and gives: settings of shops, rules, offers, pauses. Refuses to decide.

use crate::model::{Level, Origins, Pin, Rule, Settings, Strategy, resolve};
use sauda_accounts::Scope;
use sauda_economics::ShopEconomics;
use sauda_kernel::{Money, OfferId, RuleId, ShopId, Tenge, Timestamp};

/// Whether a shop's prices are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShopMode {
    /// The bot only watches.
    Off,
    /// Decides and records, publishes nothing.
    DryRun,
    On,
}

impl ShopMode {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::DryRun => "dry_run",
            Self::On => "on",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Off, Self::DryRun, Self::On]
            .into_iter()
            .find(|mode| mode.word() == word)
    }
}

/// Defaults of a shop.
#[derive(Debug, Clone)]
pub struct ShopSettings {
    pub shop: ShopId,
    pub settings: Settings,
    /// Costs that every offer of the shop shares.
    pub economics: ShopEconomics,
    pub mode: ShopMode,
    pub version: i64,
    pub updated_by: String,
    pub updated_at: Timestamp,
    /// When a price of the shop was last confirmed by the marketplace.
    pub confirmed_at: Option<Timestamp>,
    /// Since when the dead-man's switch holds.
    pub dead_since: Option<Timestamp>,
}

/// How far a rule is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleState {
    /// Decides nothing: its offers follow the shop's defaults.
    Draft,
    /// Decides for a tenth of its offers, always the same ones.
    Share,
    On,
}

impl RuleState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Share => "share",
            Self::On => "on",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Draft, Self::Share, Self::On]
            .into_iter()
            .find(|state| state.word() == word)
    }

    /// Whether the rule decides for this offer.
    pub fn applies(self, offer: &OfferId) -> bool {
        match self {
            Self::Draft => false,
            Self::On => true,
            // The last letter of an id is random: about a tenth of 32 letters.
            Self::Share => offer.as_str().ends_with(['0', '5', 'a']),
        }
    }
}

/// A named rule with the number of offers that use it.
#[derive(Debug, Clone)]
pub struct NamedRule {
    pub id: RuleId,
    pub name: String,
    pub settings: Settings,
    pub state: RuleState,
    pub version: i64,
    pub updated_by: String,
    pub updated_at: Timestamp,
    pub offers: i64,
}

/// An offer's own settings.
#[derive(Debug, Clone)]
pub struct OfferRule {
    pub offer: OfferId,
    pub shop: ShopId,
    pub rule: Option<RuleId>,
    /// Whether the bot keeps the price.
    pub managed: bool,
    pub min: Option<Tenge>,
    pub max: Option<Tenge>,
    /// Purchase cost of one piece.
    pub cost: Option<Money>,
    pub step: Option<Tenge>,
    /// Strategy word; `settings.strategy` carries its numbers.
    pub strategy: Option<String>,
    pub settings: Settings,
    pub pinned_price: Option<Tenge>,
    pub pinned_until: Option<Timestamp>,
    /// 0 before it was ever saved.
    pub version: i64,
    pub updated_by: String,
    pub updated_at: Timestamp,
}

impl OfferRule {
    /// What an offer has before anybody set anything.
    pub fn blank(offer: &OfferId, shop: &ShopId) -> Self {
        Self {
            offer: offer.clone(),
            shop: shop.clone(),
            rule: None,
            managed: true,
            min: None,
            max: None,
            cost: None,
            step: None,
            strategy: None,
            settings: Settings::default(),
            pinned_price: None,
            pinned_until: None,
            version: 0,
            updated_by: String::new(),
            updated_at: Timestamp::default(),
        }
    }

    /// The offer's level of settings: its columns laid over its other overrides.
    pub fn level(&self, now: Timestamp) -> Settings {
        let mut settings = self.settings.clone();
        if self.min.is_some() {
            settings.min = Some(self.min);
        }
        if self.max.is_some() {
            settings.max = Some(self.max);
        }
        if self.step.is_some() {
            settings.step = self.step;
        }
        if let Some(price) = self
            .pinned_price
            .filter(|_| self.pinned_until.is_none_or(|until| until > now))
        {
            settings.pin = Some(Some(Pin {
                price,
                until: self.pinned_until,
            }));
        }
        settings
    }

    /// The effective rule of this offer and where each setting came from.
    pub fn effective(
        &self,
        shop: &ShopSettings,
        rule: Option<&NamedRule>,
        now: Timestamp,
    ) -> (Rule, Origins) {
        let own = self.level(now);
        let named = rule.filter(|rule| rule.state.applies(&self.offer));
        let mut levels = vec![(Level::Shop, &shop.settings)];
        if let Some(named) = named {
            levels.push((Level::Rule, &named.settings));
        }
        levels.push((Level::Offer, &own));
        resolve(&levels)
    }
}

/// Stable word of a strategy, as filters and files use it.
pub const fn strategy_word(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Standard {} => "standard",
        Strategy::AlwaysFirst {} => "always_first",
        Strategy::StayTopN { .. } => "stay_top_n",
        Strategy::Match {} => "match",
        Strategy::HoldMargin { .. } => "hold_margin",
        Strategy::Profit {} => "profit",
    }
}

/// What is paused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PauseSubject {
    Everything,
    Shop(ShopId),
    Rule(RuleId),
    Offer(OfferId),
}

impl PauseSubject {
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Shop(_) => "shop",
            Self::Rule(_) => "rule",
            Self::Offer(_) => "offer",
        }
    }
    pub(crate) fn id(&self, scope: &Scope) -> String {
        match self {
            Self::Everything => scope.merchant().to_string(),
            Self::Shop(id) => id.to_string(),
            Self::Rule(id) => id.to_string(),
            Self::Offer(id) => id.to_string(),
        }
    }
    pub fn parse(kind: &str, id: &str) -> Option<Self> {
        Some(match kind {
            "everything" => Self::Everything,
            "shop" => Self::Shop(ShopId::parse(id).ok()?),
            "rule" => Self::Rule(RuleId::parse(id).ok()?),
            "offer" => Self::Offer(OfferId::parse(id).ok()?),
            _ => return None,
        })
    }
}

/// A pause that holds.
#[derive(Debug, Clone)]
pub struct Pause {
    pub subject: PauseSubject,
    /// `None`: until switched on.
    pub until: Option<Timestamp>,
    pub by: String,
    pub at: Timestamp,
}
