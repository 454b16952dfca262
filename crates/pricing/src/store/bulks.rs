//! Statements about bulk changes, their parts and their undo.

use crate::store::records::{pack, unpack};
use sauda_accounts::Scope;
use sauda_kernel::{BulkId, MerchantId, ShopId, Timestamp};
use sauda_store::{On, Row, StoreError, Value, insert_rows, sql, sql_part};

/// A bulk change as it is kept.
#[derive(Debug, Clone)]
pub struct Bulk {
    pub id: BulkId,
    pub shop: ShopId,
    /// What was asked for, JSON; `import` for a file.
    pub act: String,
    /// Who asked, by name.
    pub by: String,
    pub at: Timestamp,
    /// Offers that it is for.
    pub total: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub refused: i64,
    /// When it was through; `None` while it goes on.
    pub finished_at: Option<Timestamp>,
    pub undo_until: Timestamp,
    /// When a person asked for it to be put back.
    pub undone_at: Option<Timestamp>,
    pub undone_by: Option<String>,
    /// Offers that were put back.
    pub put_back: i64,
    /// When all were put back; `None` while that goes on.
    pub undo_finished_at: Option<Timestamp>,
}

impl Bulk {
    /// Offers that were looked at.
    pub const fn done(&self) -> i64 {
        self.changed + self.unchanged + self.refused
    }

    pub const fn state(&self) -> BulkState {
        match (self.finished_at, self.undone_at, self.undo_finished_at) {
            (None, _, _) => BulkState::Going,
            (_, None, _) => BulkState::Done,
            (_, _, None) => BulkState::Undoing,
            _ => BulkState::Undone,
        }
    }

    /// How far it is, and what is whole: offers looked at, or put back.
    pub const fn progress(&self) -> (i64, i64) {
        match self.undone_at {
            Some(_) => (self.put_back, self.changed),
            None => (self.done(), self.total),
        }
    }

    /// Whether a person may still ask for it to be put back.
    pub fn can_undo(&self, now: Timestamp) -> bool {
        self.state() == BulkState::Done && self.undo_until > now && self.changed > 0
    }
}

/// Where a bulk change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkState {
    /// Offers are being changed.
    Going,
    Done,
    /// Offers are being put back.
    Undoing,
    Undone,
}

impl BulkState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Going => "going",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// Whether a job works on it.
    pub const fn is_going(self) -> bool {
        matches!(self, Self::Going | Self::Undoing)
    }
}

/// One part of a change on its way.
pub(crate) struct Part {
    pub number: i64,
    /// What is wanted, or what to put back: JSON.
    pub text: Vec<u8>,
}

fn read(row: &Row) -> Result<Bulk, StoreError> {
    Ok(Bulk {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        act: row.get("act")?,
        by: row.get("made_by")?,
        at: row.get("made_at")?,
        total: row.get("total")?,
        changed: row.get("changed")?,
        unchanged: row.get("unchanged")?,
        refused: row.get("refused")?,
        finished_at: row.get("finished_at")?,
        undo_until: row.get("undo_until")?,
        undone_at: row.get("undone_at")?,
        undone_by: row.get("undone_by")?,
        put_back: row.get("put_back")?,
        undo_finished_at: row.get("undo_finished_at")?,
    })
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    bulk: &Bulk,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO bulks (id, merchant_id, shop_id, act, made_by, made_at, total, changed, unchanged, refused, undo_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    )
    .bind(&bulk.id)
    .bind(merchant)
    .bind(&bulk.shop)
    .bind(&bulk.act)
    .bind(&bulk.by)
    .bind(bulk.at)
    .bind(bulk.total)
    .bind(bulk.changed)
    .bind(bulk.unchanged)
    .bind(bulk.refused)
    .bind(bulk.undo_until)
    .run(on)
    .await
}

/// Keeps the parts of a change: how many offers each holds, and what is wanted of them as JSON.
pub(crate) async fn insert_parts(
    on: impl Into<On<'_>>,
    bulk: &BulkId,
    parts: &[(usize, Vec<u8>)],
) -> Result<u64, StoreError> {
    let row = |(number, (offers, wanted)): (usize, &(usize, Vec<u8>))| {
        Ok(vec![
            Value::from(bulk),
            count(number).into(),
            count(*offers).into(),
            pack(wanted)?.into(),
        ])
    };
    let rows = parts
        .iter()
        .enumerate()
        .map(row)
        .collect::<Result<_, StoreError>>()?;
    insert_rows(
        sql_part!("INSERT INTO bulk_parts (bulk_id, part, offers, wanted) VALUES "),
        rows,
        sql_part!(""),
    )
    .run(on)
    .await
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    id: &BulkId,
) -> Result<Option<Bulk>, StoreError> {
    sql!(
        "SELECT id, shop_id, act, made_by, made_at, total, changed, unchanged, refused, finished_at, undo_until, undone_at, undone_by, \
         put_back, undo_finished_at FROM bulks WHERE merchant_id = $1 AND id = $2"
    )
    .bind(merchant)
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// The next part that is not done yet.
pub(crate) async fn to_do(on: impl Into<On<'_>>, id: &BulkId) -> Result<Option<Part>, StoreError> {
    let row = sql!(
        "SELECT part, wanted AS text FROM bulk_parts WHERE bulk_id = $1 AND done_at IS NULL ORDER BY part LIMIT 1"
    )
    .bind(id)
    .optional(on)
    .await?;
    row.as_ref().map(part).transpose()
}

/// The next part that is not put back yet.
pub(crate) async fn to_undo(on: impl Into<On<'_>>, id: &BulkId) -> Result<Option<Part>, StoreError> {
    let row = sql!(
        "SELECT part, before AS text FROM bulk_parts WHERE bulk_id = $1 AND undone_at IS NULL AND before IS NOT NULL ORDER BY part LIMIT 1"
    )
    .bind(id)
    .optional(on)
    .await?;
    row.as_ref().map(part).transpose()
}

fn part(row: &Row) -> Result<Part, StoreError> {
    Ok(Part {
        number: row.get("part")?,
        text: unpack(&row.get::<Vec<u8>>("text")?)?,
    })
}

/// What became of a part.
pub(crate) struct PartDone<'a> {
    /// What to put back, JSON.
    pub before: &'a [u8],
    /// JSON.
    pub refusals: &'a [u8],
    pub changed: usize,
    pub unchanged: usize,
    pub refused: usize,
}

/// Notes that a part is done; `false` when somebody else has done it.
pub(crate) async fn did_part(
    tx: &mut sauda_store::Tx,
    id: &BulkId,
    number: i64,
    done: &PartDone<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let noted = sql!(
        "UPDATE bulk_parts SET wanted = NULL, before = $3, refusals = $4, done_at = $5 WHERE bulk_id = $1 AND part = $2 AND done_at IS NULL"
    )
    .bind(id)
    .bind(number)
    .bind(pack(done.before)?)
    .bind(pack(done.refusals)?)
    .bind(now)
    .run(&mut *tx)
    .await?;
    if noted == 0 {
        return Ok(false);
    }
    sql!("UPDATE bulks SET changed = changed + $2, unchanged = unchanged + $3, refused = refused + $4 WHERE id = $1")
        .bind(id)
        .bind(count(done.changed))
        .bind(count(done.unchanged))
        .bind(count(done.refused))
        .run(&mut *tx)
        .await?;
    Ok(true)
}

/// Notes that a part is put back; `false` when somebody else has done it.
pub(crate) async fn undid_part(
    tx: &mut sauda_store::Tx,
    id: &BulkId,
    number: i64,
    back: usize,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let noted =
        sql!("UPDATE bulk_parts SET undone_at = $3 WHERE bulk_id = $1 AND part = $2 AND undone_at IS NULL")
            .bind(id)
            .bind(number)
            .bind(now)
            .run(&mut *tx)
            .await?;
    if noted == 0 {
        return Ok(false);
    }
    sql!("UPDATE bulks SET put_back = put_back + $2 WHERE id = $1")
        .bind(id)
        .bind(count(back))
        .run(&mut *tx)
        .await?;
    Ok(true)
}

/// Marks a change as through.
pub(crate) async fn finish(on: impl Into<On<'_>>, id: &BulkId, now: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE bulks SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL")
        .bind(id)
        .bind(now)
        .run(on)
        .await
}

/// Marks the undo of a change as through.
pub(crate) async fn finish_undo(
    on: impl Into<On<'_>>,
    id: &BulkId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE bulks SET undo_finished_at = $2 WHERE id = $1 AND undo_finished_at IS NULL")
        .bind(id)
        .bind(now)
        .run(on)
        .await
}

/// Refused offers of all parts, each part as JSON.
pub(crate) async fn refusals(on: impl Into<On<'_>>, id: &BulkId) -> Result<Vec<Vec<u8>>, StoreError> {
    let rows =
        sql!("SELECT refusals FROM bulk_parts WHERE bulk_id = $1 AND refusals IS NOT NULL ORDER BY part")
            .bind(id)
            .all(on)
            .await?;
    rows.iter()
        .map(|row| unpack(&row.get::<Vec<u8>>("refusals")?))
        .collect()
}

/// Asks for a change to be put back, once.
pub(crate) async fn undo(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &BulkId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE bulks SET undone_at = $3, undone_by = $4 \
         WHERE merchant_id = $1 AND id = $2 AND finished_at IS NOT NULL AND undone_at IS NULL AND undo_until > $3"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(now)
    .bind(scope.actor_name())
    .run(on)
    .await
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
