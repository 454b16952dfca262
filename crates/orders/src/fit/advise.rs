//! Advises the lines of many orders at once: a handful of questions to the database for five hundred orders, whatever is in them.
//! Refuses to write what was said already.

use crate::{
    Orders, OrdersError,
    fit::{
        Correction, LineFit, Measures, NoAdvice,
        lessons::Lesson,
        model::same_size,
        piece::{self, BuyerKeys, Piece},
    },
    model::{Line, Order},
    store::{
        fit_advices::{self, NewAdvice},
        fit_facts::{self, Outcome},
        lines, orders,
    },
};
use sauda_accounts::Scope;
use sauda_catalog::GoodsSold;
use sauda_kernel::{OfferId, OrderId, ShopId, Span, Timestamp};
use sauda_sizes::{
    advise::{Advisor, Garment, Question},
    buyer::Buyer,
    command::{AdviceView, ReasonView, WhyView},
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Orders that are advised in one go.
pub(crate) const TOGETHER: usize = 500;
/// What advises: grows when the sums or the rules here do.
const MODEL: &str = "sizes-1";

/// What came of many orders.
#[derive(Debug, Clone, Default)]
pub(crate) struct Batch {
    /// Lines that have a size, by order.
    pub fits: HashMap<OrderId, Vec<LineFit>>,
    /// Why an order has none.
    pub none: HashMap<OrderId, NoAdvice>,
    /// How many advices were new.
    pub written: usize,
}

/// All that many orders are advised from.
struct Facts {
    lines: HashMap<OrderId, Vec<Line>>,
    goods: GoodsSold,
    others: HashMap<(String, String), Vec<String>>,
    measures: HashMap<String, Measures>,
    corrections: HashMap<(String, String), Correction>,
    worn: HashMap<String, Vec<Outcome>>,
    known: HashMap<OrderId, Vec<LineFit>>,
    lesson: Arc<Lesson>,
    bodies: HashMap<String, Buyer>,
}

impl Facts {
    fn garment(&self, piece: &Piece) -> Garment {
        let others = piece.model_key().and_then(|key| self.others.get(&key));
        piece.garment(others.map_or(&[][..], Vec::as_slice), &self.lesson.charts)
    }
}

impl Orders {
    /// Advises the lines of these orders and keeps what is new; at most 500 in one go.
    pub(crate) async fn advise_orders(
        &self,
        scope: &Scope,
        shop: &ShopId,
        orders: &[Order],
    ) -> Result<Batch, OrdersError> {
        let buyers: HashMap<OrderId, BuyerKeys> = orders
            .iter()
            .map(|order| (order.id.clone(), BuyerKeys::of(scope.merchant(), order)))
            .collect();
        let mut facts = self.fit_facts(scope, shop, orders, &buyers).await?;
        for (buyer, measures) in &facts.measures {
            facts.bodies.insert(buyer.clone(), piece::body(&measures.body));
        }
        let now = self.clock.now();
        let mut batch = Batch::default();
        let mut fresh = Vec::new();
        // Goods repeat: what follows from them alone is found once.
        let mut pieces: HashMap<&str, Result<(Piece, Garment), NoAdvice>> = HashMap::new();
        for order in orders {
            let Some(buyer) = buyers.get(&order.id) else {
                continue;
            };
            let mut fits = Vec::new();
            let mut none = NoAdvice::NoProduct;
            for line in facts.lines.get(&order.id).map_or(&[][..], Vec::as_slice) {
                let product = facts.goods.of(line.offer.as_ref(), &line.sku);
                let key = product.map_or("", |product| product.id.as_str());
                let piece = pieces.entry(key).or_insert_with(|| {
                    let piece = Piece::of(product, &line.name)?;
                    let garment = facts.garment(&piece);
                    Ok((piece, garment))
                });
                match piece {
                    Err(why) if fits.is_empty() => none = *why,
                    Err(_) => {}
                    Ok((piece, garment)) => {
                        let known = facts.known.get(&order.id).map_or(&[][..], Vec::as_slice);
                        let known = known.iter().find(|known| known.line == line.number);
                        // Later than the one before, whatever the clock says: the newest one holds.
                        let at = known.map_or(now, |known| now.max(known.at.plus(Span::from_micros(1))));
                        let (fit, question) = advised(&facts, (piece, garment), line.number, buyer, at);
                        match known {
                            Some(known) if says_the_same(known, &fit) => fits.push(known.clone()),
                            _ => {
                                fresh.push(NewAdvice {
                                    id: self.id(),
                                    order: order.id.clone(),
                                    buyer: buyer.own().to_owned(),
                                    fit: fit.clone(),
                                    question,
                                });
                                fits.push(fit);
                            }
                        }
                    }
                }
            }
            if fits.is_empty() {
                batch.none.insert(order.id.clone(), none);
            } else {
                batch.fits.insert(order.id.clone(), fits);
            }
        }
        batch.written = fresh.len();
        if !fresh.is_empty() {
            let mut tx = self.db.write().await?;
            fit_advices::insert(&mut tx, scope, shop, &fresh).await?;
            tx.commit().await?;
        }
        self.fit_told(&mut batch.fits).await?;
        Ok(batch)
    }

    async fn fit_facts(
        &self,
        scope: &Scope,
        shop: &ShopId,
        orders: &[Order],
        buyers: &HashMap<OrderId, BuyerKeys>,
    ) -> Result<Facts, OrdersError> {
        let ids: Vec<OrderId> = orders.iter().map(|order| order.id.clone()).collect();
        let lines = lines::of(&self.db, &ids).await?;
        let all = || lines.values().flatten();
        let offers: BTreeSet<OfferId> = all().filter_map(|line| line.offer.clone()).collect();
        let offers: Vec<OfferId> = offers.into_iter().collect();
        let skus: BTreeSet<&str> = all()
            .map(|line| line.sku.as_str())
            .filter(|sku| !sku.is_empty())
            .collect();
        let skus: Vec<&str> = skus.into_iter().collect();
        let goods = self.catalog.goods_sold(scope, &offers, &skus).await?;
        let models: BTreeSet<&str> = all()
            .filter_map(|line| goods.of(line.offer.as_ref(), &line.sku)?.facts.model.as_deref())
            .collect();
        let models: Vec<&str> = models.into_iter().collect();
        let who: BTreeSet<&str> = buyers.values().flat_map(BuyerKeys::all).collect();
        let who: Vec<&str> = who.into_iter().collect();
        Ok(Facts {
            others: self.catalog.sizes_of_models(scope, &models).await?,
            measures: fit_facts::measures(&self.db, shop, &who).await?,
            corrections: fit_advices::corrections_of_buyers(&self.db, shop, &who).await?,
            worn: fit_facts::of_buyers(&self.db, shop, &who).await?,
            known: fit_advices::newest(&self.db, &ids).await?,
            lesson: self.lessons.of(&self.db, shop).await?,
            bodies: HashMap::new(),
            goods,
            lines,
        })
    }

    /// Puts beside advices what people corrected and how the pieces sat.
    pub(crate) async fn fit_told(
        &self,
        fits: &mut HashMap<OrderId, Vec<LineFit>>,
    ) -> Result<(), OrdersError> {
        let ids: Vec<OrderId> = fits.keys().cloned().collect();
        for part in ids.chunks(TOGETHER) {
            let mut corrections = fit_advices::corrections(&self.db, part).await?;
            let mut outcomes = fit_facts::of_order(&self.db, part).await?;
            for order in part {
                for fit in fits.get_mut(order).into_iter().flatten() {
                    let key = (order.clone(), fit.line);
                    fit.correction = corrections.remove(&key);
                    fit.outcome = outcomes.remove(&key).map(|outcome| outcome.said);
                }
            }
        }
        Ok(())
    }

    /// Advises an order anew; its lines that have a size.
    ///
    /// # Errors
    /// When this shop has no such order.
    pub async fn advise(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
    ) -> Result<Vec<LineFit>, OrdersError> {
        let order = self.find(scope, shop, code).await?;
        let mut batch = self
            .advise_orders(scope, shop, std::slice::from_ref(&order))
            .await?;
        if batch.written > 0 {
            self.signal(shop).await;
        }
        Ok(batch.fits.remove(&order.id).unwrap_or_default())
    }

    /// Advises orders of the last day that have no advice yet: called where new ones came.
    pub(crate) async fn advise_fresh(&self, scope: &Scope, shop: &ShopId) -> Result<usize, OrdersError> {
        let since = self.clock.now().minus(Span::from_days(1));
        let limit = i64::try_from(TOGETHER).unwrap_or(0);
        let codes = fit_advices::unadvised(&self.db, shop, since, limit).await?;
        if codes.is_empty() {
            return Ok(0);
        }
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let orders = orders::by_codes(&self.db, shop, &codes).await?;
        Ok(self.advise_orders(scope, shop, &orders).await?.written)
    }

    /// Whether any of these lines may be goods that have sizes: only what surely has none is out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn may_have_sizes(&self, scope: &Scope, lines: &[Line]) -> Result<bool, OrdersError> {
        let offers: Vec<OfferId> = lines.iter().filter_map(|line| line.offer.clone()).collect();
        let skus: Vec<&str> = lines.iter().map(|line| line.sku.as_str()).collect();
        let goods = self.catalog.goods_sold(scope, &offers, &skus).await?;
        Ok(lines.iter().any(|line| {
            let product = goods.of(line.offer.as_ref(), &line.sku);
            !matches!(Piece::of(product, &line.name), Err(NoAdvice::NoSize))
        }))
    }

    /// What was advised for these orders last, with corrections and outcomes. Advises nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fits(&self, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<LineFit>>, OrdersError> {
        let mut found = HashMap::new();
        for part in orders.chunks(TOGETHER) {
            found.extend(fit_advices::newest(&self.db, part).await?);
        }
        self.fit_told(&mut found).await?;
        Ok(found)
    }
}

/// The advice of one line, and what it was made from.
fn advised(
    facts: &Facts,
    (piece, garment): (&Piece, &Garment),
    line: i64,
    buyer: &BuyerKeys,
    now: Timestamp,
) -> (LineFit, String) {
    let lesson = &facts.lesson;
    let measures = buyer
        .all()
        .filter_map(|key| facts.measures.get(key))
        .max_by_key(|one| one.at);
    let mut body = buyer
        .all()
        .filter(|key| facts.measures.get(*key).map(|one| one.at) == measures.map(|one| one.at))
        .find_map(|key| facts.bodies.get(key))
        .cloned()
        .unwrap_or_default();
    let worn = buyer.all().filter_map(|key| facts.worn.get(key)).flatten();
    body.history.extend(worn.filter_map(worn_before));
    let count = body.history.len();
    let question = Question {
        buyer: body,
        garment: garment.clone(),
        ..Question::default()
    };
    let mut advice = match Advisor::new(&lesson.outcomes, &EMPTY).advise(&question) {
        Ok(advice) => AdviceView::from(&advice),
        Err(problem) => nothing("unknown-size", problem.to_string()),
    };
    let correction = buyer
        .all()
        .filter_map(|key| facts.corrections.get(&(key.to_owned(), piece.item.clone())))
        .max_by_key(|one| one.at);
    if let Some(correction) = correction {
        corrected(&mut advice, correction);
    }
    let measures = measures.map(|measures| &measures.body);
    let fit = LineFit {
        line,
        asked: piece.size.clone(),
        item: piece.item.clone(),
        advice,
        model: MODEL.to_owned(),
        lessons: lesson.count,
        at: now,
        correction: None,
        outcome: None,
    };
    (fit, piece.facts(measures, count).to_string())
}

/// Tables are laid against a piece by `piece`: the advice looks for none by itself.
static EMPTY: std::sync::LazyLock<sauda_sizes::chart::Charts> =
    std::sync::LazyLock::new(sauda_sizes::chart::Charts::default);

fn worn_before(outcome: &Outcome) -> Option<sauda_sizes::buyer::Worn> {
    use crate::fit::FitWord;
    use sauda_sizes::buyer::Fit;
    let fit = match outcome.said.fit {
        FitWord::Small => Fit::Small,
        FitWord::Fit => Fit::Fit,
        FitWord::Large => Fit::Large,
        FitWord::Returned => return None,
    };
    Some(piece::worn(
        &outcome.item,
        outcome.gender.as_deref(),
        outcome.system.as_deref(),
        &outcome.said.size,
        fit,
    ))
}

fn nothing(code: &'static str, text: String) -> AdviceView {
    AdviceView {
        advice: "no_data".into(),
        size: None,
        confidence: None,
        why: Some(WhyView {
            code: code.into(),
            text_en: text.into(),
        }),
        way: None,
        asked: None,
        probabilities: None,
        sizes: Vec::new(),
        reasons: Vec::new(),
    }
}

/// What a person said for this buyer and piece stands above what follows from numbers.
fn corrected(advice: &mut AdviceView, correction: &Correction) {
    let mut args = serde_json::Map::new();
    args.insert("to".to_owned(), Value::from(correction.to.as_str()));
    args.insert("by".to_owned(), Value::from(correction.by.as_str()));
    let reason = ReasonView {
        code: if correction.by.is_empty() {
            "buyer-chose"
        } else {
            "corrected"
        }
        .into(),
        args,
        text_en: format!("{} chose {}", correction.by, correction.to),
    };
    advice.reasons.insert(0, reason);
    advice.reasons.truncate(3);
    advice.advice = "size".into();
    advice.size = Some(correction.to.clone());
    (advice.confidence, advice.why) = (None, None);
    advice.way = Some("person".into());
}

/// Whether an advice is worth a new line: another size, another certainty in whole percent, other reasons.
fn says_the_same(known: &LineFit, fit: &LineFit) -> bool {
    let same = match (known.size(), fit.size()) {
        (Some(one), Some(other)) => same_size(one, other),
        (None, None) => known.why() == fit.why(),
        _ => false,
    };
    same && known.asked == fit.asked
        && known.item == fit.item
        && known.percent() == fit.percent()
        && known.advice.reasons == fit.advice.reasons
}
