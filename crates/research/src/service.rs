//! The door of the market for edges and later rooms.

use crate::{
    ResearchError,
    engine::{COLLECT_JOB, KEEP_JOB, REVIEWS_JOB},
    interest::{AskInterest, TRENDS_JOB},
    model::{
        MOST_RAW_DAYS, MOST_REVIEWS, MOST_SOURCES, NewSource, Settings, ShelfRow, Snapshot, Source, Tracked,
        TrendPoint,
    },
    plan,
    stats::{self, Band, Change, SellerShare},
    store::{reviews, rows, sources},
    trends_file,
};
use sauda_accounts::{Accounts, AuditEntry, Right, Scope};
use sauda_catalog::Catalog;
use sauda_cluster::{Cluster, Limit};
use sauda_jobs::{Jobs, NewJob, ScheduleSpec};
use sauda_kernel::{Clock, MerchantId, Tenge, Timestamp};
use sauda_store::{Db, Tx};
use std::{collections::BTreeMap, sync::Arc};

/// Everything the market needs. Cheap to clone.
#[derive(Clone)]
pub struct Research {
    pub(crate) db: Db,
    pub(crate) cluster: Cluster,
    pub(crate) accounts: Accounts,
    pub(crate) catalog: Catalog,
    pub(crate) jobs: Jobs,
    pub(crate) clock: Arc<dyn Clock>,
    /// Storefront reads an address may make, whoever makes them.
    pub(crate) limit: Limit,
    /// Who may be asked for interest in searches; nobody unless the installation says so.
    pub(crate) interest: Option<Arc<dyn AskInterest>>,
}

/// A source with its newest snapshot, what changed and who sells.
#[derive(Debug, Clone)]
pub struct SourceView {
    pub source: Source,
    /// Newest first.
    pub snapshots: Vec<Snapshot>,
    pub rows: Vec<ShelfRow>,
    pub bands: Vec<Band>,
    /// Since the snapshot before; nothing when there is none.
    pub change: Option<Change>,
    pub sellers: Vec<SellerShare>,
    /// Names of sellers who left.
    pub left: Vec<String>,
    /// Own cards here: row, own price.
    pub own: Vec<(ShelfRow, Option<Tenge>)>,
}

/// Interest in one search.
#[derive(Debug, Clone)]
pub struct TrendView {
    pub query: String,
    pub points: Vec<TrendPoint>,
    /// The last quarter of the points against the one before, basis points; nothing with fewer than eight.
    pub moved_bp: Option<i64>,
}

impl Research {
    pub const fn new(
        db: Db,
        cluster: Cluster,
        accounts: Accounts,
        catalog: Catalog,
        jobs: Jobs,
        clock: Arc<dyn Clock>,
        limit: Limit,
    ) -> Self {
        Self {
            db,
            cluster,
            accounts,
            catalog,
            jobs,
            clock,
            limit,
            interest: None,
        }
    }

    /// Lets somebody outside be asked for interest in searches.
    #[must_use]
    pub fn with_interest(mut self, interest: Arc<dyn AskInterest>) -> Self {
        self.interest = Some(interest);
        self
    }

    /// How the market is read; as usual while nobody chose.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settings(&self, scope: &Scope) -> Result<Settings, ResearchError> {
        Ok(sources::settings(&self.db, scope).await?.unwrap_or_default())
    }

    /// Chooses how the market is read; the schedules follow.
    ///
    /// # Errors
    /// When a value cannot be, or without the right.
    pub async fn put_settings(&self, scope: &Scope, settings: &Settings) -> Result<(), ResearchError> {
        scope.require(Right::ManagePrices)?;
        let wrong = |field, value: String| Err(ResearchError::Invalid { field, value });
        let shown = plan::show_times(&settings.times);
        if plan::read_times(&shown).as_ref() != Some(&settings.times) {
            return wrong("times", shown);
        }
        if !(1..=90).contains(&settings.keep_days) {
            return wrong("keep_days", settings.keep_days.to_string());
        }
        if !(settings.keep_days..=3_650).contains(&settings.archive_days) {
            return wrong("archive_days", settings.archive_days.to_string());
        }
        if !(1..=MOST_REVIEWS).contains(&settings.review_limit) {
            return wrong("review_limit", settings.review_limit.to_string());
        }
        if !(0..=MOST_RAW_DAYS).contains(&settings.raw_days) {
            return wrong("raw_days", settings.raw_days.to_string());
        }
        if settings.report_minute >= 1_440 {
            return wrong("report_time", settings.report_minute.to_string());
        }
        let mut tx = self.db.write().await?;
        let known = sources::settings(&mut tx, scope).await?;
        if known.is_none() && settings.reviews {
            self.jobs.enqueue(&mut tx, self.reviews_job(scope)).await?;
        }
        let told_at = known.and_then(|known| known.told_at);
        let settings = Settings {
            told_at: settings.told_at.or(told_at),
            ..settings.clone()
        };
        self.schedule(&mut tx, scope, &settings).await?;
        self.audit(&mut tx, scope, "research.settings", "market", Some(shown))
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps settings and declares what they ask for.
    async fn schedule(&self, tx: &mut Tx, scope: &Scope, settings: &Settings) -> Result<(), ResearchError> {
        sources::put_settings(&mut *tx, scope, settings).await?;
        let minute = settings.report_minute;
        let specs = [
            ScheduleSpec::cron("market", COLLECT_JOB, &plan::cron(&settings.times)),
            ScheduleSpec::cron("market-reviews", REVIEWS_JOB, "20 10,16 * * *"),
            ScheduleSpec::cron("market-trends", TRENDS_JOB, "40 5,11,17 * * *"),
            ScheduleSpec::cron(
                "market-report",
                KEEP_JOB,
                &format!("{} {} * * *", minute % 60, minute / 60),
            ),
        ];
        self.jobs.declare_for(tx, scope.merchant(), &specs).await?;
        Ok(())
    }

    /// Every source, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sources(&self, scope: &Scope) -> Result<Vec<Source>, ResearchError> {
        Ok(sources::list(&self.db, scope).await?)
    }

    /// Adds a source or changes how deep a known one is read; gives its id. The first one is read at once.
    ///
    /// # Errors
    /// When a value cannot be, there are too many, or without the right.
    pub async fn put_source(&self, scope: &Scope, wish: &NewSource) -> Result<String, ResearchError> {
        let mut tx = self.db.write().await?;
        let id = self.keep(&mut tx, scope, wish).await?;
        self.jobs.enqueue(&mut tx, self.collect_job(scope)).await?;
        tx.commit().await?;
        self.jobs.nudge().await;
        Ok(id)
    }

    /// The same, and it waits for its time.
    ///
    /// # Errors
    /// When a value cannot be, there are too many, or without the right.
    pub async fn keep_source(&self, scope: &Scope, wish: &NewSource) -> Result<String, ResearchError> {
        let mut tx = self.db.write().await?;
        let id = self.keep(&mut tx, scope, wish).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn keep(&self, tx: &mut Tx, scope: &Scope, wish: &NewSource) -> Result<String, ResearchError> {
        scope.require(Right::ManagePrices)?;
        if let Some((field, value)) = wish.wrong() {
            return Err(ResearchError::Invalid { field, value });
        }
        let id = wish.id();
        let known = sources::list(&mut *tx, scope).await?;
        let own = known.iter().find(|source| source.id == id);
        if own.is_some_and(|source| source.from_file) {
            return Err(ResearchError::FromFile(id));
        }
        if own.is_none() && known.len() >= MOST_SOURCES {
            return Err(ResearchError::TooMany(MOST_SOURCES));
        }
        if sources::settings(&mut *tx, scope).await?.is_none() {
            self.schedule(&mut *tx, scope, &Settings::default()).await?;
            // The first reviews are read at once; later ones twice a day.
            self.jobs.enqueue(&mut *tx, self.reviews_job(scope)).await?;
        }
        sources::put(&mut *tx, scope, wish, false).await?;
        self.audit(&mut *tx, scope, "research.source", &wish.word, None)
            .await?;
        Ok(id)
    }

    /// When reviews of any own card were read last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reviews_read_at(&self, scope: &Scope) -> Result<Option<Timestamp>, ResearchError> {
        let stands = crate::store::reviews::stands(&self.db, scope).await?;
        Ok(stands.values().map(|stand| stand.read_at).max())
    }

    /// Reads reviews of own cards now, as far as they are not fresh.
    ///
    /// # Errors
    /// When the database does not answer, or without the right.
    pub async fn read_reviews_now(&self, scope: &Scope) -> Result<(), ResearchError> {
        scope.require(Right::ManagePrices)?;
        let mut tx = self.db.write().await?;
        self.jobs.enqueue(&mut tx, self.reviews_job(scope)).await?;
        tx.commit().await?;
        self.jobs.nudge().await;
        Ok(())
    }

    fn reviews_job(&self, scope: &Scope) -> NewJob {
        NewJob::new(
            REVIEWS_JOB,
            1,
            &BTreeMap::<String, String>::new(),
            self.clock.now(),
        )
        .merchant(scope.merchant())
        .dedupe(format!("schedule:market-reviews:{}", scope.merchant()))
    }

    fn collect_job(&self, scope: &Scope) -> NewJob {
        NewJob::new(
            COLLECT_JOB,
            1,
            &BTreeMap::<String, String>::new(),
            self.clock.now(),
        )
        .merchant(scope.merchant())
        .dedupe(format!("schedule:market:{}", scope.merchant()))
    }

    /// One source of the merchant.
    ///
    /// # Errors
    /// When there is none.
    pub async fn source(&self, scope: &Scope, id: &str) -> Result<Source, ResearchError> {
        let all = sources::list(&self.db, scope).await?;
        all.into_iter()
            .find(|source| source.id == id)
            .ok_or_else(|| ResearchError::NoSource(id.to_owned()))
    }

    /// Switches a source off or on.
    ///
    /// # Errors
    /// When there is none, or without the right.
    pub async fn pause_source(&self, scope: &Scope, id: &str, paused: bool) -> Result<(), ResearchError> {
        scope.require(Right::ManagePrices)?;
        let source = self.source(scope, id).await?;
        let mut tx = self.db.write().await?;
        sources::pause(&mut tx, scope, id, paused).await?;
        let after = if paused { "paused" } else { "on" };
        self.audit(
            &mut tx,
            scope,
            "research.source",
            &source.wish.word,
            Some(after.to_owned()),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes a source away; its snapshots stay until they are old.
    ///
    /// # Errors
    /// When there is none, the settings file declares it, or without the right.
    pub async fn remove_source(&self, scope: &Scope, id: &str) -> Result<(), ResearchError> {
        scope.require(Right::ManagePrices)?;
        let source = self.source(scope, id).await?;
        if source.from_file {
            return Err(ResearchError::FromFile(id.to_owned()));
        }
        let mut tx = self.db.write().await?;
        sources::delete(&mut tx, scope, id).await?;
        self.audit(
            &mut tx,
            scope,
            "research.source",
            &source.wish.word,
            Some("removed".to_owned()),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Reads one source, or all of them, now.
    ///
    /// # Errors
    /// When there is none, or without the right.
    pub async fn read_now(&self, scope: &Scope, id: Option<&str>) -> Result<(), ResearchError> {
        scope.require(Right::ManagePrices)?;
        if let Some(id) = id {
            self.source(scope, id).await?;
        }
        let mut tx = self.db.write().await?;
        sources::want(&mut tx, scope, id).await?;
        self.jobs.enqueue(&mut tx, self.collect_job(scope)).await?;
        tx.commit().await?;
        self.jobs.nudge().await;
        Ok(())
    }

    /// What a source shows: its newest snapshot against the one before, sellers, own cards.
    ///
    /// # Errors
    /// When there is none.
    pub async fn look(&self, scope: &Scope, id: &str) -> Result<SourceView, ResearchError> {
        let source = self.source(scope, id).await?;
        let snapshots = rows::snapshots(&self.db, scope, id, 120).await?;
        let (newest, earlier) = (snapshots.first(), snapshots.get(1));
        let shelf = match newest {
            Some(one) => rows::of(&self.db, scope, id, one.at).await?,
            None => Vec::new(),
        };
        let before = match earlier {
            Some(one) => rows::of(&self.db, scope, id, one.at).await?,
            None => Vec::new(),
        };
        let before = (!before.is_empty()).then_some(before);
        let offers = match newest {
            Some(one) => rows::sellers(&self.db, scope, id, one.at).await?,
            None => Vec::new(),
        };
        let old = match earlier {
            Some(one) => rows::sellers(&self.db, scope, id, one.at).await?,
            None => Vec::new(),
        };
        let (sellers, left) = stats::sellers(&offers, (!old.is_empty()).then_some(old.as_slice()));
        let cards: Vec<&str> = shelf.iter().map(|row| row.card.as_str()).collect();
        let mine = self.catalog.own_prices(scope, &cards).await?;
        Ok(SourceView {
            bands: stats::bands(&shelf, before.as_deref()),
            change: before
                .as_deref()
                .map(|before| known_change(&shelf, before, newest, earlier)),
            own: shelf
                .iter()
                .filter_map(|row| Some((row.clone(), *mine.get(&row.card)?)))
                .collect(),
            rows: shelf,
            source,
            snapshots,
            sellers,
            left,
        })
    }

    /// The newest snapshots of a source, newest first, without their rows.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshots(
        &self,
        scope: &Scope,
        id: &str,
        limit: i64,
    ) -> Result<Vec<Snapshot>, ResearchError> {
        Ok(rows::snapshots(&self.db, scope, id, limit).await?)
    }

    /// Cards of one snapshot.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rows(&self, scope: &Scope, id: &str, at: Timestamp) -> Result<Vec<ShelfRow>, ResearchError> {
        Ok(rows::of(&self.db, scope, id, at).await?)
    }

    /// The rows of an archived day as CSV; nothing when that day is not archived.
    ///
    /// # Errors
    /// When the database does not answer or the archive is damaged.
    pub async fn archived(
        &self,
        scope: &Scope,
        id: &str,
        day: Timestamp,
    ) -> Result<Option<String>, ResearchError> {
        let Some(body) = rows::archived(&self.db, scope, id, day.local_midnight()).await? else {
            return Ok(None);
        };
        let damaged = || ResearchError::Store(sauda_store::StoreError::Sealed("the archive is damaged"));
        let bytes = zstd::decode_all(body.as_slice()).map_err(|_| damaged())?;
        String::from_utf8(bytes).map(Some).map_err(|_| damaged())
    }

    /// Cards and sellers that a person wants to hear of.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tracked(&self, scope: &Scope) -> Result<Vec<Tracked>, ResearchError> {
        Ok(sources::tracked(&self.db, scope).await?)
    }

    /// Begins or ends to tell of a card or a seller.
    ///
    /// # Errors
    /// When the word cannot be, or without the right.
    pub async fn track(
        &self,
        scope: &Scope,
        is_seller: bool,
        word: &str,
        title: &str,
        wanted: bool,
    ) -> Result<(), ResearchError> {
        scope.require(Right::ManagePrices)?;
        let word = word.trim();
        if word.is_empty() || word.chars().count() > 60 || word.contains(char::is_whitespace) {
            return Err(ResearchError::Invalid {
                field: "word",
                value: word.to_owned(),
            });
        }
        if !wanted {
            sources::untrack(&self.db, scope, is_seller, word).await?;
            return Ok(());
        }
        let title = title.trim();
        let one = Tracked {
            is_seller,
            word: word.to_owned(),
            title: if title.is_empty() { word } else { title }
                .chars()
                .take(200)
                .collect(),
            since: self.clock.now(),
            by: scope.actor_name().to_owned(),
        };
        sources::track(&self.db, scope, &one).await?;
        Ok(())
    }

    /// Takes a file of Google Trends; how many points it had.
    ///
    /// # Errors
    /// When a line is unclear, or without the right.
    pub async fn import_trends(&self, scope: &Scope, bytes: &[u8]) -> Result<usize, ResearchError> {
        scope.require(Right::ManagePrices)?;
        let points = trends_file::read(bytes)?;
        let queries: std::collections::BTreeSet<&str> =
            points.iter().map(|point| point.query.as_str()).collect();
        let mut tx = self.db.write().await?;
        for query in queries {
            reviews::forget_trend(&mut tx, scope, query).await?;
        }
        reviews::put_trends(&mut tx, scope, &points, self.clock.now(), "file").await?;
        tx.commit().await?;
        Ok(points.len())
    }

    /// Interest in searches, those that grow most first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn trends(&self, scope: &Scope) -> Result<Vec<TrendView>, ResearchError> {
        let mut views: Vec<TrendView> = Vec::new();
        for point in reviews::trends(&self.db, scope).await? {
            match views.last_mut() {
                Some(view) if view.query == point.query => view.points.push(point),
                _ => views.push(TrendView {
                    query: point.query.clone(),
                    points: vec![point],
                    moved_bp: None,
                }),
            }
        }
        for view in &mut views {
            view.moved_bp = moved(&view.points);
        }
        views.sort_by_key(|view| std::cmp::Reverse(view.moved_bp));
        Ok(views)
    }

    /// Brings the market to what the settings file declares, for every merchant with a shop: times and summary as it says, its
    /// sources added, those it no longer names taken away. What people added stays.
    ///
    /// # Errors
    /// When a value cannot be.
    pub async fn declare(&self, settings: &Settings, wishes: &[NewSource]) -> Result<(), ResearchError> {
        if let Some((field, value)) = wishes.iter().find_map(NewSource::wrong) {
            return Err(ResearchError::Invalid { field, value });
        }
        let shops = self.catalog.all_shops().await?;
        let merchants: std::collections::BTreeSet<MerchantId> =
            shops.into_iter().map(|shop| shop.merchant).collect();
        for merchant in merchants {
            let scope = Scope::system(merchant, "settings file");
            let known = self.settings(&scope).await?;
            let settings = Settings {
                live_trends: known.live_trends,
                ..settings.clone()
            };
            self.put_settings(&scope, &settings).await?;
            let mut tx = self.db.write().await?;
            for old in sources::list(&mut tx, &scope)
                .await?
                .iter()
                .filter(|old| old.from_file)
            {
                if !wishes.iter().any(|wish| wish.id() == old.id) {
                    sources::delete(&mut tx, &scope, &old.id).await?;
                }
            }
            for wish in wishes {
                sources::put(&mut tx, &scope, wish, true).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    async fn audit(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        what: &'static str,
        subject: &str,
        after: Option<String>,
    ) -> Result<(), ResearchError> {
        let entry = AuditEntry {
            what,
            subject: subject.to_owned(),
            before: None,
            after,
            address: None,
        };
        self.accounts.audit(tx, scope, entry).await?;
        Ok(())
    }
}

/// What changed, as far as both snapshots are whole: a page that was not read hides cards and takes none away.
fn known_change(
    shelf: &[ShelfRow],
    before: &[ShelfRow],
    newest: Option<&Snapshot>,
    earlier: Option<&Snapshot>,
) -> Change {
    let mut change = stats::change(shelf, before);
    if newest.is_some_and(|one| !one.is_whole) {
        change.gone.clear();
    }
    if earlier.is_some_and(|one| !one.is_whole) {
        change.fresh.clear();
    }
    change
}

/// The last quarter of the points against the one before it.
fn moved(points: &[TrendPoint]) -> Option<i64> {
    let part = points.len() / 4;
    if part < 2 {
        return None;
    }
    let sum = |from: usize| -> i64 { points.iter().skip(from).take(part).map(|point| point.value).sum() };
    let (last, before) = (sum(points.len() - part), sum(points.len() - 2 * part));
    (before > 0).then(|| (last - before) * 10_000 / before)
}
