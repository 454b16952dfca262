//! What to reorder, from what is kept: demand of past orders, what lies there and what is coming, put before the pure rules.
//! Refuses to guess demand where nothing is known: it asks for a rate.

mod look_back;

use super::Stock;
use crate::{
    StockError,
    foresee::Foreseen,
    model::{Promise, Settings, Supplier, Supply, day_of},
    reorder::{
        Day, Demand, Estimate, Facts, Gap, Holding, Idle, LeadTime, Offer, Plan, Shortage, Spread, Standing,
        Steadiness, Target, Wish, Worth, fitting, float, idle, plan, share_out, whole, worths,
    },
    store::{
        forecasts, ledger, order_lines,
        pasts::{self, Past},
        purchases, supply,
    },
};
use sauda_accounts::Scope;
use sauda_catalog::NamedProduct;
use sauda_kernel::{Money, ProductId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Days that demand is estimated from.
pub(super) const LOOK_BACK_DAYS: i64 = 365;

/// Where the demand of an advice comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemandFrom {
    /// Somebody told a rate.
    Told,
    /// The forecast that was made then; from its neighbours where it is new.
    Forecast {
        made_at: Timestamp,
        is_new: bool,
    },
    /// A weighted mean of so many past days: no forecast is fresh.
    Past {
        days: usize,
    },
    Nothing,
}

impl DemandFrom {
    /// Stable word for programs and the key of the text `stock-from-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Forecast { is_new: false, .. } => "forecast",
            Self::Forecast { is_new: true, .. } => "neighbours",
            Self::Past { .. } => "past",
            Self::Nothing => "nothing",
        }
    }
}

/// Which products are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReorderFilter {
    /// `due` (default), `all`, `dead`, `unknown`, `skipped`.
    pub view: String,
    pub search: String,
    pub product: Option<ProductId>,
    /// What there is to spend on everything that is due; as much as it takes without it.
    pub budget: Option<Money>,
    /// Past days of each row too: that many of them take their time.
    pub with_past: bool,
}

/// One product with its advice.
#[derive(Debug, Clone)]
pub struct ReorderRow {
    pub product: NamedProduct,
    pub standing: Standing,
    pub supply: Supply,
    pub supplier: Option<Supplier>,
    /// How the supplier sells it.
    pub offer: Offer,
    pub promise: Promise,
    /// What the budget allows of the order; nothing without a budget, or where nothing is due.
    pub allowed: Option<i64>,
    /// Nothing while no demand is known: a rate is to be told.
    pub plan: Option<Plan>,
    pub from: DemandFrom,
    /// Deviation of a day.
    pub daily_spread: f64,
    pub idle: Option<Idle>,
    /// Among all products; nothing where only one is looked at.
    pub worth: Option<Worth>,
    pub steadiness: Option<Steadiness>,
    /// Past days, oldest first, ending yesterday, and the day of the last one; none in a list that was not asked for them.
    pub past: Vec<Day>,
    pub last_day: i64,
    pub is_skipped: bool,
    /// Lead time and review together.
    pub days_ahead: i64,
    /// Until an order of today is here.
    pub lead_days: i64,
    /// When the first pieces on the way are expected; nothing without them, or when nobody said.
    pub arrives_at: Option<Timestamp>,
    /// Days that a piece may lie on the average; 0 for as long as the promise asks.
    pub most_days: i64,
}

impl ReorderRow {
    /// What is due, whatever it costs.
    pub fn wanted(&self) -> i64 {
        self.plan.as_ref().map_or(0, |plan| plan.order)
    }

    /// What to order now: what is due, or what the budget allows of it.
    pub fn order(&self) -> i64 {
        self.allowed.unwrap_or_else(|| self.wanted())
    }

    /// Days that what is free lasts.
    pub fn cover(&self) -> Option<f64> {
        self.plan
            .as_ref()
            .and_then(|plan| plan.cover(self.standing.free()))
    }

    /// Days until more is here: of what is on the way, else of an order of today.
    pub fn days_until_more(&self, now: Timestamp) -> i64 {
        match self.arrives_at {
            Some(at) => (day_of(at) - day_of(now)).clamp(1, self.lead_days.max(1)),
            None => self.lead_days,
        }
    }

    /// What is likely to run out before more is here; nothing without a plan.
    pub fn gap(&self, now: Timestamp) -> Option<Gap> {
        let plan = self.plan.as_ref()?;
        plan.gap(self.standing.free(), self.days_until_more(now))
    }

    /// Pieces that so many days sell in eight cases of ten, from and to; nothing without a plan. What of the demand until more is
    /// here is beyond chance grows with the mean.
    pub fn range(&self, days: f64) -> Option<(i64, i64)> {
        let plan = self.plan.as_ref()?;
        let (whole, mean) = (&plan.exposure.whole, plan.daily * days);
        let beyond = match whole.mean() {
            usual if usual > 0.0 => {
                let variance = whole.deviation() * whole.deviation();
                (variance - usual).max(0.0) / (usual * usual)
            }
            _ => 0.0,
        };
        let variance = mean + beyond * mean * mean;
        let spread = Spread::of(fitting(mean, variance, true), mean, variance);
        Some((spread.quantile(0.1), spread.quantile(0.9)))
    }

    /// What the order costs by the supplier's prices, else by the catalogue.
    pub fn cost(&self) -> Option<Money> {
        self.offer.cost(self.order())
    }

    /// Of one piece in that order.
    pub fn each(&self) -> Option<Money> {
        self.offer.price(self.order())
    }
}

/// The list and what it rests on.
#[derive(Debug, Clone)]
pub struct ReorderList {
    pub rows: Vec<ReorderRow>,
    pub settings: Settings,
    /// What everything that is due costs; what has no price is left out.
    pub due_cost: Money,
    /// What the budget buys of it; nothing without a budget.
    pub spent: Option<Money>,
    /// How many products each view shows.
    pub counts: Vec<(&'static str, usize)>,
}

/// Views of the list.
const VIEWS: [&str; 5] = ["due", "all", "dead", "unknown", "skipped"];

impl Stock {
    /// What to reorder, most urgent first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reorder(&self, scope: &Scope, filter: &ReorderFilter) -> Result<ReorderList, StockError> {
        let mut known = self.known(scope, None).await?;
        let ids: BTreeSet<ProductId> = known
            .standing
            .keys()
            .chain(known.pasts.keys())
            .chain(known.supply.keys())
            .cloned()
            .collect();
        let ids: Vec<ProductId> = ids.into_iter().collect();
        self.look_back(scope, &mut known, &ids, filter.with_past).await?;
        let products = self.products.named(scope, &ids).await?;
        let mut rows: Vec<ReorderRow> = products.into_iter().map(|product| known.row(product)).collect();
        let yearly: Vec<i64> = rows.iter().map(worth_of).collect();
        for (row, class) in rows.iter_mut().zip(worths(&yearly)) {
            row.worth = Some(class);
        }
        let due_cost = cost_of_due(&rows);
        let spent = filter.budget.map(|budget| {
            share(&mut rows, budget);
            cost_of_due(&rows)
        });
        let counts = VIEWS
            .iter()
            .map(|view| (*view, rows.iter().filter(|row| shows(view, row)).count()))
            .collect();
        let view = VIEWS
            .iter()
            .copied()
            .find(|view| *view == filter.view)
            .unwrap_or("due");
        let words = sauda_catalog::fold(&[&filter.search]);
        rows.retain(|row| match &filter.product {
            Some(id) => row.product.id == *id,
            None if words.is_empty() => shows(view, row),
            None => {
                let name = row.product.title.as_deref().unwrap_or("");
                shows(view, row) && sauda_catalog::fold(&[name, &row.product.sku]).contains(&words)
            }
        });
        rows.sort_by(|one, other| {
            let days = |row: &ReorderRow| row.cover().unwrap_or(f64::MAX);
            (one.wanted() == 0)
                .cmp(&(other.wanted() == 0))
                .then(days(one).total_cmp(&days(other)))
                .then_with(|| one.product.id.cmp(&other.product.id))
        });
        Ok(ReorderList {
            rows,
            settings: known.settings,
            due_cost,
            spent,
            counts,
        })
    }

    /// One product with its advice.
    ///
    /// # Errors
    /// When there is no such product.
    pub async fn advice(&self, scope: &Scope, id: &ProductId) -> Result<ReorderRow, StockError> {
        let product = self.product(scope, id).await?;
        let mut known = self.known(scope, Some(id)).await?;
        self.look_back(scope, &mut known, std::slice::from_ref(id), true)
            .await?;
        Ok(known.row(NamedProduct::from(&product)))
    }

    /// What is known of all products, or of one.
    async fn known(&self, scope: &Scope, one: Option<&ProductId>) -> Result<Known, StockError> {
        let now = self.clock.now();
        let today = day_of(now);
        let first_day = order_lines::first_day(&self.db, scope).await?;
        let span = first_day.map(|first_day| pasts::Span {
            day: today,
            first_day,
        });
        // Stamps are read before everything that is counted with: what changes meanwhile is not kept.
        let pasts = match span {
            Some(span) => pasts::all(&self.db, scope, span, one).await?,
            None => BTreeMap::new(),
        };
        let balances = async {
            match one {
                Some(product) => ledger::balances_of(&self.db, scope, product).await,
                None => ledger::balances(&self.db, scope).await,
            }
        };
        let (balances, coming, foreseen, supply, one_offs) = tokio::try_join!(
            balances,
            purchases::coming(&self.db, scope),
            forecasts::means(&self.db, scope, today - LOOK_BACK_DAYS, one),
            supply::all(&self.db, scope, one),
            supply::one_offs(&self.db, scope),
        )?;
        let mut standing: BTreeMap<ProductId, Standing> = BTreeMap::new();
        for balance in balances {
            let sum = standing.entry(balance.product).or_default();
            sum.on_hand += balance.on_hand;
            sum.reserved += balance.reserved;
        }
        let mut arrives = BTreeMap::new();
        for (product, (units, first_at)) in coming {
            arrives.extend(first_at.map(|at| (product.clone(), at)));
            standing.entry(product).or_default().on_the_way += units;
        }
        Ok(Known {
            now,
            today,
            settings: self.settings(scope).await?,
            standing,
            arrives,
            span,
            pasts,
            days: BTreeMap::new(),
            foreseen,
            supply,
            one_offs,
            suppliers: self.suppliers(scope).await?,
        })
    }
}

fn shows(view: &str, row: &ReorderRow) -> bool {
    match view {
        "due" => is_due(row),
        "dead" => row.idle.is_some(),
        "unknown" => row.plan.is_none(),
        "skipped" => row.is_skipped,
        _ => true,
    }
}

fn is_due(row: &ReorderRow) -> bool {
    row.wanted() > 0 && !row.is_skipped
}

fn cost_of_due(rows: &[ReorderRow]) -> Money {
    let due = rows.iter().filter(|row| is_due(row));
    let sum = due
        .filter_map(ReorderRow::cost)
        .fold(0_i64, |sum, cost| sum.saturating_add(cost.tiyn()));
    Money::from_tiyn(sum)
}

/// Spends the budget on what is due where a tenge saves most sales.
fn share(rows: &mut [ReorderRow], budget: Money) {
    let bought = {
        let due = rows.iter().filter(|row| is_due(row));
        let wishes: Vec<Wish<'_>> = due
            .filter_map(|row| {
                Some(Wish {
                    plan: row.plan.as_ref()?,
                    offer: &row.offer,
                    position: row.standing.position(),
                    worth: Money::from_tiyn(piece_worth(row)),
                })
            })
            .collect();
        share_out(&wishes, budget)
    };
    let due = rows.iter_mut().filter(|row| is_due(row));
    for (row, pieces) in due.zip(bought) {
        row.allowed = Some(pieces);
    }
}

/// Yearly profit where price and cost are known, else turnover, else pieces.
fn worth_of(row: &ReorderRow) -> i64 {
    let daily = row.plan.as_ref().map_or(0.0, |plan| plan.daily);
    whole(daily * 365.0 * float(piece_worth(row)))
}

/// What a piece sold earns before fees, tiyn, where price and cost are known.
fn piece_worth(row: &ReorderRow) -> i64 {
    match (row.product.price, row.product.cost) {
        (Some(price), Some(cost)) => (price.money().tiyn() - cost.tiyn()).max(1),
        (Some(price), None) => price.money().tiyn(),
        (None, cost) => cost.map_or(1, Money::tiyn),
    }
}

/// Everything that is known of a merchant's stock.
struct Known {
    now: Timestamp,
    today: i64,
    settings: Settings,
    standing: BTreeMap<ProductId, Standing>,
    /// When the first pieces on the way are expected.
    arrives: BTreeMap<ProductId, Timestamp>,
    /// Nothing while no order is known.
    span: Option<pasts::Span>,
    pasts: BTreeMap<ProductId, Past>,
    /// Past days of those that were asked for.
    days: BTreeMap<ProductId, Vec<Day>>,
    foreseen: BTreeMap<ProductId, Foreseen>,
    supply: BTreeMap<ProductId, Supply>,
    one_offs: BTreeMap<ProductId, BTreeSet<i64>>,
    suppliers: Vec<Supplier>,
}

impl Known {
    fn row(&self, product: NamedProduct) -> ReorderRow {
        let supply = self
            .supply
            .get(&product.id)
            .cloned()
            .unwrap_or_else(|| Supply::blank(product.id.clone()));
        let supplier = self
            .suppliers
            .iter()
            .find(|one| Some(&one.id) == supply.supplier.as_ref());
        let standing = self.standing.get(&product.id).copied().unwrap_or_default();
        let past = self.pasts.get(&product.id).and_then(|past| past.digest);
        let past = past.unwrap_or_default();
        let offer = supply.offer(product.cost);
        let lead_days = self.lead(supplier);
        let days_ahead = lead_days + self.settings.review_days;
        let foreseen = self
            .foreseen
            .get(&product.id)
            .filter(|told| told.is_fresh(self.today));
        let known = demand(&supply, past.estimate, foreseen, (self.today, days_ahead));
        let (from, daily_spread) = (known.from, known.daily_spread);
        let plan = known
            .demand
            .map(|demand| plan(&self.facts(demand, known.caution, standing, &supply, supplier, &offer)));
        let daily = plan.as_ref().map_or(0.0, |plan| plan.daily);
        ReorderRow {
            idle: idle(standing.on_hand, past.quiet_days, daily),
            steadiness: past.steadiness,
            worth: None,
            is_skipped: supply.skip_until.is_some_and(|until| until > self.now),
            days_ahead,
            lead_days,
            arrives_at: self.arrives.get(&product.id).copied(),
            most_days: match self.settings.most_days {
                0 => 0,
                days => days.max(2 * days_ahead),
            },
            supplier: supplier.cloned(),
            offer,
            promise: self.settings.promise,
            allowed: None,
            last_day: self.today - 1,
            standing,
            supply,
            plan,
            from,
            daily_spread,
            past: self.days.get(&product.id).cloned().unwrap_or_default(),
            product,
        }
    }

    /// Days until an order of today is here.
    fn lead(&self, supplier: Option<&Supplier>) -> i64 {
        supplier.map_or(self.settings.lead_days, |one| {
            one.lead_days + one.opens_in(self.now)
        })
    }

    fn facts(
        &self,
        demand: Demand,
        caution: f64,
        standing: Standing,
        supply: &Supply,
        supplier: Option<&Supplier>,
        offer: &Offer,
    ) -> Facts {
        let spread = supplier.map_or(0.0, |one| float(one.lead_spread_tenths) / 10.0);
        let lead = self.lead(supplier);
        let share = float(self.settings.fill_bp) / 10_000.0;
        let target = match self.settings.promise {
            Promise::Fill => Target::Fill(share),
            Promise::Cycle => Target::Cycle(share),
        };
        Facts {
            demand,
            lead: LeadTime {
                mean: float(lead),
                variance: spread * spread,
            },
            review_days: float(self.settings.review_days),
            target: target.with_caution(caution),
            shortage: Shortage::Lost,
            law: None,
            standing,
            offer: offer.clone(),
            order_cost: self.settings.order_cost,
            holding: self.settings.holding_bp.map(Holding::Share),
            // Whoever tells a rate wants it kept.
            most_days: (supply.rate_milli.is_none() && self.settings.most_days > 0)
                .then(|| float(self.settings.most_days)),
        }
    }
}

/// What demand an advice goes by.
struct Spoken {
    demand: Option<Demand>,
    from: DemandFrom,
    /// Deviation of a day.
    daily_spread: f64,
    /// Of a forecast: weeks of the past that hang together ask for more.
    caution: f64,
}

/// By somebody's word, else by a fresh forecast, else by past days; nothing when none of them says anything.
fn demand(
    supply: &Supply,
    estimated: Option<Estimate>,
    foreseen: Option<&Foreseen>,
    (today, ahead): (i64, i64),
) -> Spoken {
    if let Some(rate) = supply.rate_milli {
        let mean = float(rate) / 1_000.0;
        return Spoken {
            demand: Some(Demand::Rate { mean, variance: mean }),
            from: DemandFrom::Told,
            daily_spread: mean.sqrt(),
            caution: 0.0,
        };
    }
    if let Some(told) = foreseen {
        let (spread, caution) = told.over(today, ahead, estimated.filter(|found| found.days >= FEWEST_DAYS));
        let days = float(ahead);
        let usual = spread.mean() / days.max(1.0);
        return Spoken {
            daily_spread: match estimated {
                Some(found) if found.mean > 0.0 => found.variance.sqrt() * usual / found.mean,
                _ => usual.sqrt(),
            },
            demand: Some(Demand::Foreseen { days, spread }),
            from: DemandFrom::Forecast {
                made_at: told.made_at,
                is_new: told.neighbours.is_some(),
            },
            caution,
        };
    }
    match estimated {
        Some(found @ Estimate { days, variance, .. }) if days >= FEWEST_DAYS => Spoken {
            demand: Some(Demand::Estimated(found)),
            from: DemandFrom::Past { days },
            daily_spread: variance.sqrt(),
            caution: 0.0,
        },
        _ => Spoken {
            demand: None,
            from: DemandFrom::Nothing,
            daily_spread: 0.0,
            caution: 0.0,
        },
    }
}

/// Fewer days say nothing: a rate is asked for.
const FEWEST_DAYS: usize = 7;
