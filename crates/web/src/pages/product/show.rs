//! One product as its page shows it. Refuses to fetch beyond what the page asks for.

use super::{ProductQuery, asked_receipt, never_first, receipt, what_if};
use crate::{
    around::AtShop,
    charts::{PricePlot, PricePoint, price_plot},
    door::Desk,
    pages::{
        prices::show::{amount, goods, state, told},
        system::urlencode,
    },
    views::{
        parts::{Form, Part, Place, State, shares},
        product::{ChangeLine, Product, RungView, STRATEGIES},
    },
};
use sauda_accounts::{Right, Scope};
use sauda_economics::{Assumed, Breakdown};
use sauda_edge::Refusal;
use sauda_kernel::{Money, Span, Tenge};
use sauda_pricing::{
    KeptDecision,
    board::PlaceState,
    model::{Ignored, Rung, RungKind, Strategy},
    service::{OfferRule, OfferView, PauseSubject},
};
use sauda_stock::CostFrom;

/// Older changes on the page; all of them are in the export.
const CHANGES: usize = 20;

pub(super) async fn product(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    facts: &OfferView,
    query: &ProductQuery,
) -> Result<Product, Refusal> {
    let place = facts.place.as_ref();
    let now = desk.now();
    let sees_money = scope.may(Right::ViewMoney);
    let open = opened(desk, scope, facts, query).await?;
    let moves: Vec<&KeptDecision> = facts
        .decisions
        .iter()
        .filter(|decision| decision.outcome == "set")
        .collect();
    let pauses = desk.pricing.pauses(scope).await?;
    let is_paused = facts.own.settings.paused == Some(true)
        || pauses
            .iter()
            .any(|pause| pause.subject == PauseSubject::Offer(facts.offer.id.clone()));
    let pin = facts
        .own
        .pinned_price
        .filter(|_| facts.own.pinned_until.is_none_or(|until| until > now));
    let floor = facts
        .floors
        .cost
        .max(facts.rule.min)
        .max(facts.rule.store_minimum);
    let asks = open
        .as_ref()
        .filter(|decision| decision.outcome == "ask" && decision.answer.is_none());
    let price = place.and_then(|row| row.price).or(facts.offer.price);
    let plot = plot(facts, floor, query.period(), now);
    let shown = match &open {
        Some(decision) => Some(receipt::receipt(desk, scope, facts, decision, moves.first().copied()).await?),
        None => None,
    };
    Ok(Product {
        goods: goods(&facts.offer),
        href: format!("{}/prices/{}", at.shell.base, facts.offer.id),
        tail: query.tail(),
        card_url: facts.offer.card_url.clone(),
        city: at.city.clone(),
        cities: cities(desk, scope, at, facts, query).await?,
        state: state_of(facts, is_paused, pin.is_some()),
        price,
        place: place.and_then(|row| {
            Some(Place {
                place: row.place?,
                of: row.sellers?,
            })
        }),
        profit: facts
            .breakdown
            .as_ref()
            .map(|parts| parts.profit)
            .filter(|_| sees_money),
        margin_bp: facts
            .breakdown
            .as_ref()
            .map(|parts| parts.margin.0)
            .filter(|_| sees_money),
        stock: facts.offer.stock,
        period: query.period(),
        plot,
        changes: moves
            .iter()
            .take(CHANGES)
            .map(|decision| line(decision, open.as_ref()))
            .collect(),
        changes_count: changes_count(facts, query.period(), now),
        receipt: shown,
        ladder: ladder(&facts.ladder, price, floor),
        ladder_at: facts.observed_at,
        floor,
        rule: rule_form(&facts.own),
        rules: desk
            .pricing
            .rules(scope)
            .await?
            .into_iter()
            .map(|rule| (rule.id.to_string(), rule.name))
            .collect(),
        strategies: STRATEGIES.to_vec(),
        is_managed: facts.own.managed,
        is_paused,
        pinned: pin,
        pinned_until: facts.own.pinned_until,
        backtest: None,
        parts: facts
            .breakdown
            .as_ref()
            .filter(|_| sees_money)
            .map(|parts| parts_of(parts, facts))
            .unwrap_or_default(),
        what_if: what_if::part(desk, scope, facts, price, &query.r#try).await?,
        never_first: never_first::why(desk, scope, facts, &at.city, floor).await?,
        asks: asks.and_then(|decision| decision.after),
        may_edit: scope.may(Right::ManagePrices),
        sees_money,
        known_cost: known_cost(facts).filter(|_| sees_money),
        assumed: facts
            .cost
            .filter(|_| sees_money)
            .map(|(_, assumed)| assumed_words(assumed))
            .unwrap_or_default(),
        needs_confirmation: false,
    })
}

/// Which decision is open: the one in the address, else an open question, else the last move, else the last word.
async fn opened(
    desk: &Desk,
    scope: &Scope,
    facts: &OfferView,
    query: &ProductQuery,
) -> Result<Option<KeptDecision>, Refusal> {
    if let Some(id) = asked_receipt(query) {
        let (decision, _) = desk.pricing.decision(scope, &id).await?;
        return if decision.offer == facts.offer.id {
            Ok(Some(decision))
        } else {
            Err(Refusal::no_page())
        };
    }
    let asks = facts
        .place
        .as_ref()
        .is_some_and(|row| row.state == PlaceState::Asks);
    let question = facts
        .decisions
        .iter()
        .find(|decision| decision.outcome == "ask" && decision.answer.is_none());
    if let Some(question) = question.filter(|_| asks) {
        return Ok(Some(question.clone()));
    }
    if let Some(moved) = facts.decisions.iter().find(|decision| decision.outcome == "set") {
        return Ok(Some(moved.clone()));
    }
    match facts.place.as_ref().and_then(|row| row.decision.as_ref()) {
        Some(id) => Ok(Some(desk.pricing.decision(scope, id).await?.0)),
        None => Ok(None),
    }
}

fn line(decision: &KeptDecision, open: Option<&KeptDecision>) -> ChangeLine {
    ChangeLine {
        id: decision.id.to_string(),
        at: decision.at,
        before: decision.before,
        after: decision.after,
        reason: told(decision.receipt.reason.args()),
        is_open: open.is_some_and(|open| open.id == decision.id),
    }
}

fn changes_count(facts: &OfferView, days: i64, now: sauda_kernel::Timestamp) -> i64 {
    let since = now.minus(Span::from_days(days));
    let sent = facts
        .changes
        .iter()
        .filter(|change| change.created_at >= since && change.sent_at.is_some());
    i64::try_from(sent.count()).unwrap_or(0)
}

/// What a person set speaks before what the last check said.
fn state_of(facts: &OfferView, is_paused: bool, is_pinned: bool) -> State {
    let checked = facts.place.as_ref().map_or(PlaceState::Waiting, |row| row.state);
    let told = match checked {
        PlaceState::OffSale => PlaceState::OffSale,
        _ if is_paused => PlaceState::Paused,
        _ if !facts.own.managed => PlaceState::Manual,
        _ if is_pinned => PlaceState::Pinned,
        other => other,
    };
    state(told)
}

fn plot(
    facts: &OfferView,
    floor: Option<Tenge>,
    days: i64,
    now: sauda_kernel::Timestamp,
) -> Option<PricePlot> {
    if facts.points.is_empty() {
        return None;
    }
    let points: Vec<PricePoint> = facts
        .points
        .iter()
        .map(|point| PricePoint {
            at: point.at,
            own: point.own,
            rival: point.rival,
        })
        .collect();
    Some(price_plot(&points, floor, now.minus(Span::from_days(days)), now))
}

/// Cities of this offer that the bot works in, with the addresses that show them.
async fn cities(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    facts: &OfferView,
    query: &ProductQuery,
) -> Result<Vec<(String, String, String)>, Refusal> {
    let names = desk.catalog.cities(scope, &at.shop.id).await?;
    let days = if query.days.is_empty() {
        String::new()
    } else {
        format!("&days={}", query.period())
    };
    let one = |id: &str| {
        let name = names
            .iter()
            .find(|city| city.city_id == id)
            .map_or_else(|| id.to_owned(), |city| city.name.clone());
        (id.to_owned(), name, format!("?city={}{days}", urlencode(id)))
    };
    Ok(facts.cities.iter().map(|row| one(&row.city_id)).collect())
}

fn ladder(rungs: &[Rung], own: Option<Tenge>, floor: Option<Tenge>) -> Vec<RungView> {
    let mut floor_shown = false;
    let mut views = Vec::with_capacity(rungs.len());
    for rung in rungs {
        let floor_above = !floor_shown && floor.is_some_and(|floor| rung.price >= floor) && !views.is_empty();
        floor_shown |= floor.is_some_and(|floor| rung.price >= floor);
        let (kind, ignored) = match rung.kind {
            RungKind::Own => ("own", None),
            RungKind::Sister => ("sister", None),
            RungKind::Rival => ("rival", None),
            RungKind::Ignored(why) => ("ignored", Some(ignored_word(why).to_owned())),
        };
        views.push(RungView {
            place: (kind != "ignored").then_some(i64::from(rung.place)),
            name: if rung.name.is_empty() {
                rung.seller.to_string()
            } else {
                rung.name.to_string()
            },
            price: rung.price,
            apart: own.map_or(0, |own| rung.price.get() - own.get()),
            delivery_days: rung.delivery_days.map(i64::from),
            preorder_days: i64::from(rung.preorder_days),
            rating_milli: rung.rating_milli.map(i64::from),
            kind,
            ignored,
            floor_above,
        });
    }
    views
}

const fn ignored_word(why: Ignored) -> &'static str {
    match why {
        Ignored::Named => "named",
        Ignored::Preorder => "preorder",
        Ignored::Slower => "slower",
        Ignored::Rating => "rating",
        Ignored::Reviews => "reviews",
        Ignored::OtherCity => "other-city",
        Ignored::Absurd => "absurd",
    }
}

/// The rule's form as it stands.
pub(super) fn rule_form(own: &OfferRule) -> Form {
    let (places, margin) = match own.settings.strategy {
        Some(Strategy::StayTopN { n }) => (n.to_string(), String::new()),
        Some(Strategy::HoldMargin { margin_bp }) => (String::new(), share(margin_bp)),
        _ => (String::new(), String::new()),
    };
    let rule = own.rule.as_ref().map(ToString::to_string).unwrap_or_default();
    Form::of(&[
        ("rule", &rule),
        ("strategy", own.strategy.as_deref().unwrap_or_default()),
        ("places", &places),
        ("margin", &margin),
        ("min", &amount(own.min)),
        ("max", &amount(own.max)),
        ("step", &amount(own.step)),
        ("cost", &amount(own.cost.map(Money::tenge_up))),
        ("version", &own.version.to_string()),
    ])
}

/// `15,9` as a field shows it.
fn share(bp: i32) -> String {
    match bp % 100 {
        0 => (bp / 100).to_string(),
        rest => format!("{},{:02}", bp / 100, rest.abs())
            .trim_end_matches('0')
            .to_owned(),
    }
}

/// What a piece costs where nobody said it of the offer, and where that is from.
fn known_cost(facts: &OfferView) -> Option<(Money, &'static str)> {
    let (from, _) = facts.cost?;
    match from {
        CostFrom::Offer => None,
        CostFrom::Stock | CostFrom::Catalogue => Some((facts.parts.as_ref()?.purchase, from.word())),
    }
}

/// What was taken from the shop's settings for want of better.
fn assumed_words(assumed: Assumed) -> Vec<&'static str> {
    [
        (assumed.commission, "commission"),
        (assumed.tax, "tax"),
        (assumed.weight, "weight"),
    ]
    .into_iter()
    .filter_map(|(is, word)| is.then_some(word))
    .collect()
}

/// The price cut into its parts, whole tenge each; the remainder is the profit.
fn parts_of(cut: &Breakdown, facts: &OfferView) -> Vec<Part> {
    let price = cut.price.tenge_down();
    let part = |word, sum: Money, colour| Part {
        word,
        args: std::collections::BTreeMap::new(),
        tenge: sum.tenge_up(),
        share_bp: 0,
        colour,
    };
    let mut parts = vec![
        part("purchase", cut.purchase, 6),
        part("commission", cut.commission, 3),
        part("delivery", cut.delivery, 2),
        part("tax", cut.tax, 4),
    ];
    parts.push(part("vat", cut.vat, 4));
    parts.push(part("payment", cut.payment, 3));
    parts.push(part("packaging", cut.packaging, 5));
    parts.push(part("advertising", cut.advertising, 5));
    parts.push(part("returns", cut.returns, 4));
    if let Some(rates) = &facts.parts {
        for one in &mut parts {
            match one.word {
                "commission" => drop(
                    one.args
                        .insert("rate_bp".to_owned(), rates.commission_bp.0.into()),
                ),
                "tax" => {
                    // On turnover, else on profit.
                    let rate = rates.tax_bp.max(rates.profit_tax_bp);
                    one.args.insert("rate_bp".to_owned(), rate.0.into());
                }
                _ => {}
            }
        }
    }
    parts.retain(|part| part.word == "purchase" || part.word == "commission" || part.tenge > Tenge::ZERO);
    let taken: i64 = parts.iter().map(|part| part.tenge.get()).sum();
    parts.push(Part {
        word: "profit",
        args: std::collections::BTreeMap::new(),
        tenge: Tenge(price.get() - taken),
        share_bp: 0,
        colour: 1,
    });
    shares(parts, price)
}
