//! What a shop's outcomes teach, kept in memory and brought up to date by their numbers. Refuses to hold more shops or outcomes
//! than fit: the newest ones teach.

use crate::{
    fit::{FitWord, piece, tables},
    store::{
        fit_facts::{self, Numbers, Outcome},
        fit_tables,
    },
};
use sauda_kernel::{FitTablesId, ShopId};
use sauda_sizes::{
    buyer::{Buyer, Fit},
    chart::Charts,
    learned::Piece,
    outcomes::{self, Outcomes},
    size::{Gender, System},
};
use sauda_store::{Db, StoreError};
use std::sync::{Arc, Mutex, PoisonError};

/// Shops that are held; the one that was asked for longest ago goes first.
const SHOPS: usize = 32;
/// Outcomes of one shop that teach.
const MOST: i64 = 50_000;
/// Outcomes that are read in one go: others have their turn in between.
const PART: i64 = 2_000;

/// What one shop teaches.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lesson {
    numbers: Numbers,
    tables: Option<FitTablesId>,
    pub outcomes: Outcomes,
    pub charts: Charts,
    /// How many outcomes are in it.
    pub count: i64,
}

/// The shop that was asked for last stands last.
type Held = Vec<(ShopId, Arc<Lesson>)>;

/// Lessons of the shops that were asked for last. Shared by clones.
#[derive(Clone, Default)]
pub(crate) struct Lessons {
    shops: Arc<Mutex<Held>>,
}

impl Lessons {
    /// What the shop teaches as of now: its numbers are looked at each time, so that nobody has to tell.
    pub async fn of(&self, db: &Db, shop: &ShopId) -> Result<Arc<Lesson>, StoreError> {
        let (numbers, tables) = fit_facts::numbers(db, shop).await?;
        let known = self.take(shop);
        if let Some(known) = &known
            && (known.numbers, &known.tables) == (numbers, &tables)
        {
            self.put(shop, Arc::clone(known));
            return Ok(Arc::clone(known));
        }
        let known = known.map(Arc::unwrap_or_clone).unwrap_or_default();
        let lesson = Arc::new(brought_up(db, shop, known, numbers, tables).await?);
        self.put(shop, Arc::clone(&lesson));
        Ok(lesson)
    }

    fn take(&self, shop: &ShopId) -> Option<Arc<Lesson>> {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        let at = shops.iter().position(|(known, _)| known == shop)?;
        Some(shops.remove(at).1)
    }

    fn put(&self, shop: &ShopId, lesson: Arc<Lesson>) {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        shops.retain(|(known, _)| known != shop);
        if shops.len() >= SHOPS {
            shops.remove(0);
        }
        shops.push((shop.clone(), lesson));
    }
}

/// Adds what came since; begins anew when something was changed, or when there is too much.
async fn brought_up(
    db: &Db,
    shop: &ShopId,
    mut lesson: Lesson,
    numbers: Numbers,
    tables: Option<FitTablesId>,
) -> Result<Lesson, StoreError> {
    if lesson.tables != tables {
        let held = match &tables {
            Some(id) => fit_tables::find(db, shop, id).await?,
            None => None,
        };
        lesson.charts = held.map(|held| tables::charts(&held.lines).0).unwrap_or_default();
        lesson.tables = tables;
    }
    let begins_anew = numbers.rebuilt > lesson.numbers.seq || lesson.count > 2 * MOST;
    if begins_anew {
        (lesson.outcomes, lesson.count) = (Outcomes::default(), 0);
        lesson.numbers.seq = 0;
    }
    let mut after = lesson.numbers.seq.max(numbers.seq - MOST);
    while after < numbers.seq {
        let rows = fit_facts::after(db, shop, after, PART).await?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in rows.iter().filter(|row| row.seq <= numbers.seq) {
            lesson.count += i64::from(learn(&mut lesson.outcomes, row));
        }
        tokio::task::yield_now().await;
    }
    lesson.outcomes.settle();
    lesson.numbers = numbers;
    Ok(lesson)
}

/// Whether something was learned.
fn learn(outcomes: &mut Outcomes, row: &Outcome) -> bool {
    let fit = match row.said.fit {
        FitWord::Small => Fit::Small,
        FitWord::Fit => Fit::Fit,
        FitWord::Large => Fit::Large,
        FitWord::Returned => return false,
    };
    let buyer = match row.body.as_deref().map(serde_json::from_str) {
        Some(Ok(body)) => piece::body(&body),
        _ => Buyer::default(),
    };
    let outcome = outcomes::Outcome {
        user: None,
        item: Some(&row.item),
        brand: row.brand.as_deref(),
        category: row.category.as_deref(),
        piece: Piece::of(row.category.as_deref(), None),
        gender: row.gender.as_deref().and_then(Gender::parse),
        system: row.system.as_deref().and_then(System::parse),
        size: &row.said.size,
        fit,
        buyer: &buyer,
    };
    outcomes.add(&outcome).is_ok()
}
