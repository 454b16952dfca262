//! One card of the market, looked at because somebody asked about it. Refuses to ask for the same page twice within a day.

use crate::{Research, ResearchError, engine::Asked, store::looks};
use sauda_accounts::Scope;
use sauda_kernel::{Span, Tenge, Timestamp};
use sauda_market::MarketError;

/// For so long what a page said is not asked for again.
const FRESH: Span = Span::from_hours(24);
/// What is older is not kept.
pub(crate) const KEPT: Span = Span::from_days(30);

/// What the page of a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardSeen {
    pub card: String,
    pub title: String,
    /// Categories as buyers see them, from the widest to the narrowest.
    pub path: Vec<String>,
    /// The lowest price in the city; nothing when nobody sells it there.
    pub price: Option<Tenge>,
    pub at: Timestamp,
}

/// What a look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardLook {
    Seen(CardSeen),
    /// The storefront may not be asked before.
    Later(Timestamp),
    /// There is no card of this number.
    NoCard,
    /// The storefront did not answer with a page of a card.
    Unanswered,
}

impl Research {
    /// What the storefront says of a card in a city: as it was read within a day, else read now, when a permit comes within seconds.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn look_at(&self, scope: &Scope, card: &str, city: &str) -> Result<CardLook, ResearchError> {
        let now = self.clock.now();
        let kept = looks::find(&self.db, scope, card, city).await?;
        if let Some(seen) = kept.filter(|seen| now.since(seen.at) < FRESH) {
            return Ok(CardLook::Seen(seen));
        }
        let market = self.catalog.market();
        let asked = self.ask(scope, card, async |way| market.card_facts(way, card, city).await);
        let facts = match asked.await? {
            Asked::Told(facts) => facts,
            Asked::Later(at) => return Ok(CardLook::Later(at)),
            Asked::Failed(MarketError::NotFound(_) | MarketError::Invalid(_)) => return Ok(CardLook::NoCard),
            Asked::Failed(_) => return Ok(CardLook::Unanswered),
        };
        let seen = CardSeen {
            card: card.to_owned(),
            title: facts.title,
            path: facts.category_path,
            price: facts.price,
            at: self.clock.now(),
        };
        looks::put(&self.db, scope, city, &seen).await?;
        Ok(CardLook::Seen(seen))
    }
}
