//! The day's question about a doubtful size, put by WhatsApp. Refuses to decide what is packed: the orders room takes the answer.

use super::cluster_down;
use crate::{
    Messages, MessagesError, Untold,
    model::{AskValues, SizeAnswer},
    understand::ReplyKind,
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_kernel::{Failure as _, Kind, OrderId, ShopId, Span};
use sauda_orders::{
    Orders, OrdersError,
    fit::{Answer, AskOutcome, Askers, LineFit, Said, Told, same_size},
};
use serde_json::{Map, Value};
use std::collections::HashMap;
use tokio_util::sync::CancellationToken;

/// A question that leaves within this is worth waiting for.
const SOON: Span = Span::from_mins(15);

/// Asks by the lines that buyers are written by.
pub struct ByWhatsapp {
    pub messages: Messages,
    pub orders: Orders,
}

impl ByWhatsapp {
    async fn codes(&self, orders: &[OrderId]) -> Result<HashMap<OrderId, String>, String> {
        self.orders.codes(orders).await.map_err(|error| error.to_string())
    }
}

#[async_trait]
impl Askers for ByWhatsapp {
    async fn ask(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &OrderId,
        _key: &str,
        lines: &[LineFit],
    ) -> Result<AskOutcome, String> {
        let codes = self.codes(std::slice::from_ref(order)).await?;
        let code = codes
            .get(order)
            .ok_or_else(|| format!("there is no order {order}"))?;
        // Messages ask of an order once, whoever asks: that is the key.
        match self
            .messages
            .ask_size(scope, shop, code, &asked_about(lines))
            .await
        {
            Ok(_) => {
                let leaves = self.messages.leaves_at(scope, shop).await;
                let leaves = leaves.map_err(|error| error.to_string())?;
                let is_soon = leaves.since(self.messages.clock.now()) <= SOON;
                Ok(if is_soon {
                    AskOutcome::Asked
                } else {
                    AskOutcome::Later
                })
            }
            Err(MessagesError::NoPhone { .. }) => Ok(AskOutcome::NoPhone),
            Err(MessagesError::Silent) => Ok(AskOutcome::Silent),
            Err(MessagesError::NoLine) => Ok(AskOutcome::NoLine),
            Err(error) => Err(error.to_string()),
        }
    }

    async fn answers(&self, scope: &Scope, shop: &ShopId, orders: &[OrderId]) -> Result<Vec<Answer>, String> {
        let codes = self.codes(orders).await?;
        let asked: Vec<&str> = codes.values().map(String::as_str).collect();
        let known = self
            .messages
            .answers(scope, shop, &asked)
            .await
            .map_err(|error| error.to_string())?;
        let fits = self
            .orders
            .fits(orders)
            .await
            .map_err(|error| error.to_string())?;
        let answer = |order: &OrderId| {
            let told = known.get(codes.get(order)?)?;
            let lines = fits.get(order).map_or(&[][..], Vec::as_slice);
            Some(Answer {
                order: order.clone(),
                said: said(told, lines)?,
                at: told.replied_at?,
            })
        };
        Ok(orders.iter().filter_map(answer).collect())
    }
}

/// How often it is looked for late answers, how many are taken in one go, and whose turn it is.
const LATE: Span = Span::from_secs(15);
const TOGETHER: i64 = 100;
const LEASE: &str = "late-answers";
const HELD: Span = Span::from_mins(2);

/// Tells orders what buyers answer after the day went on.
pub struct LateAnswers {
    pub messages: Messages,
    pub orders: Orders,
    pub owner: String,
}

impl LateAnswers {
    /// Runs until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.turn().await {
                tracing::warn!(
                    error = sauda_kernel::chain(&error),
                    "answers about sizes reach their orders later"
                );
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(LATE.to_std()) => {}
            }
        }
    }

    /// Looks once; how many orders were told.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self) -> Result<usize, MessagesError> {
        if self.messages.untold_answers(1).await?.is_empty() {
            return Ok(0);
        }
        let cluster = &self.messages.cluster;
        let lease = cluster.lease(LEASE, &self.owner, HELD).await;
        let Some(lease) = lease.map_err(cluster_down)? else {
            return Ok(0);
        };
        let told = self.tell().await;
        cluster.release(&lease).await.map_err(cluster_down)?;
        told
    }

    /// Under the lease: what another process told meanwhile is not among them.
    async fn tell(&self) -> Result<usize, MessagesError> {
        let mut many = 0;
        for one in self.messages.untold_answers(TOGETHER).await? {
            let scope = Scope::system(one.merchant.clone(), "answers of buyers");
            match self.tell_one(&scope, &one).await {
                Ok(Told::InDay) => {}
                Ok(told) => {
                    self.messages.answer_told(&one).await?;
                    many += usize::from(told == Told::Taken);
                }
                Err(error) if error.kind() == Kind::Unavailable => return Err(error.into()),
                Err(error) => {
                    // One order's trouble never keeps the others from being told.
                    tracing::error!(order.code = one.order_code, %error, "an order could not be told of an answer");
                    self.messages.answer_told(&one).await?;
                }
            }
        }
        Ok(many)
    }

    async fn tell_one(&self, scope: &Scope, one: &Untold) -> Result<Told, OrdersError> {
        let found = self.orders.by_codes(scope, &one.shop, &[&one.order_code]).await?;
        let Some(order) = found.orders.into_iter().next().map(|order| order.id) else {
            return Ok(Told::Nothing);
        };
        let fits = self.orders.fits(std::slice::from_ref(&order)).await?;
        let lines = fits.get(&order).map_or(&[][..], Vec::as_slice);
        let (Some(said), Some(at)) = (said(&one.answer, lines), one.answer.replied_at) else {
            return Ok(Told::Nothing);
        };
        let answer = Answer { order, said, at };
        self.orders
            .tell_answer(scope, &one.shop, &one.order_code, &answer)
            .await
    }
}

/// The lines that the question is about: those whose advice differs from what was bought, else the first.
fn doubtful(lines: &[LineFit]) -> Vec<&LineFit> {
    let differ: Vec<&LineFit> = lines.iter().filter(|line| line.differs()).collect();
    if differ.is_empty() {
        return lines.iter().take(1).collect();
    }
    differ
}

/// The sizes that are asked about in one question, each once.
fn asked_about(lines: &[LineFit]) -> String {
    let mut sizes: Vec<&str> = Vec::new();
    for line in doubtful(lines) {
        if !sizes.iter().any(|known| same_size(known, &line.asked)) {
            sizes.push(&line.asked);
        }
    }
    sizes.join(", ")
}

/// What a buyer wants; nothing before there is an answer. What only a person can take is told too: an order does not go on over it.
fn said(answer: &SizeAnswer, lines: &[LineFit]) -> Option<Said> {
    let values = answer.values.clone().unwrap_or_default();
    Some(match answer.reply? {
        ReplyKind::Yes => Said::Keep,
        ReplyKind::OtherSize => match (doubtful(lines).as_slice(), values.size, values.steps) {
            ([line], Some(size), _) => Said::Take {
                line: line.line,
                size,
            },
            (_, None, Some(steps)) => Said::Steps(steps),
            // A size for one of several goods: a person knows for which.
            _ => Said::Unclear,
        },
        ReplyKind::Measurements => {
            let body = body(&values);
            if body.is_empty() {
                Said::Unclear
            } else {
                Said::Measures(body)
            }
        }
        ReplyKind::No => Said::Refuse,
        ReplyKind::Unclear => Said::Unclear,
    })
}

fn body(values: &AskValues) -> Map<String, Value> {
    [
        ("height_cm", values.height_cm),
        ("weight_kg", values.weight_kg),
        ("age", values.age_years),
        ("foot_mm", values.foot_mm),
        ("chest_cm", values.chest_cm),
        ("waist_cm", values.waist_cm),
        ("hips_cm", values.hips_cm),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?))))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::Timestamp;

    fn answer(reply: ReplyKind, values: AskValues) -> SizeAnswer {
        SizeAnswer {
            asked_at: Timestamp::from_micros(1),
            is_sent: true,
            is_dead: false,
            size: "46".to_owned(),
            reply: Some(reply),
            values: Some(values),
            replied_at: Some(Timestamp::from_micros(2)),
        }
    }

    /// A line for which a person advised 50.
    fn line(number: i64, asked: &str) -> LineFit {
        let advice = serde_json::json!({
            "advice": "size", "size": "50", "confidence": null, "way": null, "asked": null,
            "probabilities": null, "sizes": [], "reasons": [],
        });
        let Ok(advice) = serde_json::from_value(advice) else {
            unreachable!("an advice of a person");
        };
        LineFit {
            line: number,
            asked: asked.to_owned(),
            item: String::new(),
            advice,
            model: String::new(),
            lessons: 0,
            at: Timestamp::from_micros(1),
            correction: None,
            outcome: None,
        }
    }

    #[test]
    fn an_answer_that_does_not_say_what_to_do_is_told_as_such() {
        let yes = answer(ReplyKind::Yes, AskValues::default());
        assert_eq!(said(&yes, &[]), Some(Said::Keep));
        let larger = AskValues {
            steps: Some(1),
            ..AskValues::default()
        };
        let larger = answer(ReplyKind::OtherSize, larger);
        assert_eq!(said(&larger, &[]), Some(Said::Steps(1)), "a person asks which");
        for (reply, wanted) in [
            (ReplyKind::No, Said::Refuse),
            (ReplyKind::Unclear, Said::Unclear),
            (ReplyKind::Measurements, Said::Unclear),
            (ReplyKind::OtherSize, Said::Unclear),
        ] {
            assert_eq!(said(&answer(reply, AskValues::default()), &[]), Some(wanted));
        }
        let named = AskValues {
            size: Some("50".to_owned()),
            ..AskValues::default()
        };
        let named = answer(ReplyKind::OtherSize, named);
        let two = [line(0, "46"), line(1, "48")];
        assert_eq!(said(&named, &two), Some(Said::Unclear), "a person asks for which");
        assert_eq!(asked_about(&two), "46, 48");
        let (line, size) = (0, "50".to_owned());
        assert_eq!(said(&named, &two[..1]), Some(Said::Take { line, size }));
        let none = SizeAnswer {
            reply: None,
            ..answer(ReplyKind::Yes, AskValues::default())
        };
        assert_eq!(said(&none, &[]), None);
        let measured = AskValues {
            height_cm: Some(165),
            weight_kg: Some(60),
            ..AskValues::default()
        };
        let Some(Said::Measures(body)) = said(&answer(ReplyKind::Measurements, measured), &[]) else {
            unreachable!("measures were told");
        };
        assert_eq!(
            Value::Object(body),
            serde_json::json!({"height_cm": 165, "weight_kg": 60})
        );
    }
}
