//! What people say of sizes: measures of a buyer, a better size, how it sat, and that all of it be forgotten.

use crate::{
    Orders, OrdersError,
    fit::{
        Correction, FitSource, FitWord, FitWrong, LineFit, LineOutcome, Measures,
        piece::{BuyerKeys, Piece},
    },
    model::Order,
    store::{
        events::{self, Event, Who},
        fit_advices,
        fit_facts::{self, Outcome},
        lines,
    },
};
use sauda_accounts::{Actor, Scope};
use sauda_kernel::{ShopId, Span};
use sauda_sizes::command::{AdviceView, read_buyer};
use serde_json::{Map, Value};

/// Letters of a reason for a correction.
const WHY: usize = 500;
/// Words about the buyer that are not of the body and would only name somebody.
const NOT_KEPT: [&str; 5] = ["id", "user", "user_id", "name", "history"];

impl Orders {
    /// What the buyer of an order said of the body.
    ///
    /// # Errors
    /// When this shop has no such order.
    pub async fn measures(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
    ) -> Result<Option<Measures>, OrdersError> {
        let order = self.find(scope, shop, code).await?;
        self.measures_of(scope, shop, &order).await
    }

    async fn measures_of(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &Order,
    ) -> Result<Option<Measures>, OrdersError> {
        let keys = BuyerKeys::of(scope.merchant(), order);
        let all: Vec<&str> = keys.all().collect();
        let found = fit_facts::measures(&self.db, shop, &all).await?;
        Ok(found.into_values().max_by_key(|measures| measures.at))
    }

    /// Keeps what the buyer of an order said of the body, in the place of what was known, and advises anew.
    ///
    /// # Errors
    /// When this shop has no such order, nothing was said, or a measure cannot be a body's.
    pub async fn put_measures(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        body: Map<String, Value>,
    ) -> Result<Vec<LineFit>, OrdersError> {
        let order = self.find(scope, shop, code).await?;
        let body = checked(body).map_err(OrdersError::FitWrong)?;
        let measures = Measures {
            body,
            by: by(scope),
            at: self.clock.now(),
        };
        let keys = BuyerKeys::of(scope.merchant(), &order);
        let mut tx = self.db.write().await?;
        fit_facts::put_measures(&mut tx, scope, shop, keys.own(), &order.id, &measures).await?;
        self.say(
            &mut tx,
            scope,
            &order,
            Event::new(measures.at, who(scope), "size-measures"),
        )
        .await?;
        tx.commit().await?;
        self.advise(scope, shop, code).await
    }

    /// A person chooses a size for a line; it holds for this buyer and piece from now on.
    ///
    /// # Errors
    /// When this shop has no such order, the line has no size, or `to` cannot be one.
    pub async fn correct(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        line: i64,
        to: &str,
        why: &str,
    ) -> Result<Vec<LineFit>, OrdersError> {
        let order = self.find(scope, shop, code).await?;
        let (to, why) = (to.trim(), why.trim());
        let letters = why.chars().count();
        if letters > WHY {
            return Err(OrdersError::FitWrong(FitWrong::Why(letters)));
        }
        let piece = self.piece_of(scope, &order, line).await?;
        if !could_be(&piece, to) {
            return Err(OrdersError::FitWrong(FitWrong::Size(to.to_owned())));
        }
        let before = self.advise(scope, shop, code).await?;
        let before = before.iter().find(|fit| fit.line == line);
        let from = before.and_then(LineFit::size);
        let last = before.and_then(|fit| fit.correction.as_ref());
        let now = self.clock.now();
        let correction = Correction {
            order: order.id.clone(),
            line,
            item: piece.item.clone(),
            from: from.unwrap_or_default().to_owned(),
            to: to.to_owned(),
            why: why.to_owned(),
            by: by(scope),
            at: last.map_or(now, |last| now.max(last.at.plus(Span::from_micros(1)))),
        };
        let keys = BuyerKeys::of(scope.merchant(), &order);
        let mut tx = self.db.write().await?;
        fit_advices::insert_correction(&mut tx, scope, shop, &self.id(), keys.own(), &correction).await?;
        let event = Event::new(correction.at, who(scope), "size-corrected")
            .arg(
                "from",
                if correction.from.is_empty() {
                    "–"
                } else {
                    &correction.from
                },
            )
            .arg("to", to);
        self.say(&mut tx, scope, &order, event).await?;
        tx.commit().await?;
        self.decided(scope, shop, &order).await?;
        self.follow_packing(scope, &order).await?;
        self.advise(scope, shop, code).await
    }

    /// A person says how a line sat, and which size it was when another one was sent.
    ///
    /// # Errors
    /// When this shop has no such order, the line has no size, or `size` cannot be one.
    pub async fn outcome(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        line: i64,
        fit: FitWord,
        size: Option<&str>,
    ) -> Result<Vec<LineFit>, OrdersError> {
        let order = self.find(scope, shop, code).await?;
        let piece = self.piece_of(scope, &order, line).await?;
        let size = size.map(str::trim).filter(|size| !size.is_empty());
        if let Some(size) = size.filter(|size| !could_be(&piece, size)) {
            return Err(OrdersError::FitWrong(FitWrong::Size(size.to_owned())));
        }
        let said = LineOutcome {
            size: size.unwrap_or(&piece.size).to_owned(),
            fit,
            source: FitSource::Person,
            by: by(scope),
            at: self.clock.now(),
        };
        let event = Event::new(said.at, who(scope), "size-outcome")
            .arg("fit", fit.word())
            .arg("size", &said.size);
        let outcome = self.outcome_of(scope, shop, &order, line, &piece, said).await?;
        let mut tx = self.db.write().await?;
        if fit_facts::put(&mut tx, scope, shop, &outcome).await? {
            self.say(&mut tx, scope, &order, event).await?;
            tx.commit().await?;
        }
        self.advise(scope, shop, code).await
    }

    /// Forgets what is known of the body of an order's buyer: measures, the facts behind advices, whose outcomes were.
    ///
    /// # Errors
    /// When this shop has no such order.
    pub async fn forget_buyer(&self, scope: &Scope, shop: &ShopId, code: &str) -> Result<(), OrdersError> {
        let order = self.find(scope, shop, code).await?;
        let keys = BuyerKeys::of(scope.merchant(), &order);
        let mut tx = self.db.write().await?;
        for buyer in keys.all() {
            fit_facts::erase_measures(&mut tx, shop, buyer).await?;
            for (id, text) in fit_advices::of_buyer(&mut tx, shop, buyer).await? {
                fit_advices::erase(&mut tx, &id, &without_measures(&text)).await?;
            }
            fit_advices::erase_corrections(&mut tx, shop, buyer).await?;
            fit_facts::erase_outcomes(&mut tx, scope, shop, buyer).await?;
        }
        self.say(
            &mut tx,
            scope,
            &order,
            Event::new(self.clock.now(), who(scope), "size-forgotten"),
        )
        .await?;
        self.audit(&mut tx, scope, "size.forgotten", order.id.as_str(), None)
            .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }

    pub(super) async fn piece_of(
        &self,
        scope: &Scope,
        order: &Order,
        line: i64,
    ) -> Result<Piece, OrdersError> {
        let wrong = || OrdersError::FitWrong(FitWrong::Line { line });
        let mut lines = lines::of(&self.db, std::slice::from_ref(&order.id)).await?;
        let lines = lines.remove(&order.id).unwrap_or_default();
        let found = lines.iter().find(|one| one.number == line).ok_or_else(wrong)?;
        let offers: Vec<_> = found.offer.iter().cloned().collect();
        let goods = self.catalog.goods_sold(scope, &offers, &[&found.sku]).await?;
        let product = goods.of(found.offer.as_ref(), &found.sku);
        Piece::of(product, &found.name).map_err(|_| wrong())
    }

    pub(super) async fn outcome_of(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &Order,
        line: i64,
        piece: &Piece,
        said: LineOutcome,
    ) -> Result<Outcome, OrdersError> {
        let measures = self.measures_of(scope, shop, order).await?;
        let (gender, system) = piece.ask(|goods| (goods.gender(), goods.system()));
        Ok(Outcome {
            order: order.id.clone(),
            line,
            buyer: BuyerKeys::of(scope.merchant(), order).own().to_owned(),
            item: piece.item.clone(),
            brand: piece.brand.clone(),
            category: piece.subcategory.clone().or_else(|| piece.category.clone()),
            gender: gender.map(|gender| gender.word().to_owned()),
            system: system.map(|system| system.word().to_owned()),
            body: measures.map(|measures| Value::Object(measures.body).to_string()),
            said,
            seq: 0,
        })
    }

    pub(super) async fn say(
        &self,
        tx: &mut sauda_store::Tx,
        scope: &Scope,
        order: &Order,
        event: Event,
    ) -> Result<(), OrdersError> {
        events::add(tx, &self.id(), &order.id, &event).await?;
        tracing::debug!(order.id = %order.id, merchant.id = %scope.merchant(), what = event.word, "something was said of a size");
        Ok(())
    }
}

fn by(scope: &Scope) -> String {
    match scope.actor() {
        Actor::System { .. } => String::new(),
        _ => scope.actor_name().to_owned(),
    }
}

pub(super) fn who(scope: &Scope) -> Who {
    match scope.actor() {
        Actor::System { .. } => Who::Program,
        _ => Who::Person(scope.actor_name().to_owned()),
    }
}

/// A body as it is kept: checked by whoever reads it, without who it is.
fn checked(mut body: Map<String, Value>) -> Result<Map<String, Value>, FitWrong> {
    body.retain(|name, value| {
        let is_empty = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        !is_empty && !NOT_KEPT.contains(&name.as_str())
    });
    if body.is_empty() {
        return Err(FitWrong::Nothing);
    }
    read_buyer(&Value::Object(body.clone())).map_err(|refusal| FitWrong::Measure {
        code: refusal.code,
        field: refusal
            .field
            .unwrap_or_default()
            .trim_start_matches("buyer.")
            .to_owned(),
        message: refusal.message,
    })?;
    Ok(body)
}

/// Whether a label can be a size of this piece.
fn could_be(piece: &Piece, size: &str) -> bool {
    let other = Piece {
        size: size.to_owned(),
        ..piece.clone()
    };
    !size.is_empty() && other.ask(|goods| goods.is_sized())
}

/// An advice without what it tells of the body.
fn without_measures(text: &str) -> String {
    let Ok(mut advice) = serde_json::from_str::<AdviceView>(text) else {
        return text.to_owned();
    };
    advice.reasons.clear();
    advice.probabilities = None;
    advice.sizes.clear();
    serde_json::to_string(&advice).unwrap_or_default()
}
