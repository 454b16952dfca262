//! Server time of the Prices page with a large shop: its queries one by one, and the whole page through the router.
//! Refuses to measure a browser or a network.

use super::{
    browse::Browser,
    figures::{Figures, count, millis, number, percentile},
    store::{self, CITY, Stock},
};
use crate::rooms::Rooms;
use sauda_accounts::Scope;
use sauda_jobs::{Worker, WorkerSettings};
use sauda_kernel::{BasisPoints, BulkId, ShopId};
use sauda_pricing::{
    board::{BoardFilter, BoardSort, BoardView},
    service::{BulkAct, BulkJob, Formula, Selection},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

const PART: &str = "pages";
/// Rows of one page.
const ROWS: i64 = 50;
/// How often each question is asked in a round, and how many rounds there are: the figure is the quietest of them, because other
/// users of the machine make each of them slower and none faster.
const TIMES: usize = 8;
const ROUNDS: usize = 3;
const GOAL_MS: f64 = 50.0;
/// What people type: common, rare, two words, nothing found, an article number.
const SEARCHES: [&str; 5] = ["пуховик", "samal 77", "чай altyn", "велосипед", "100012345"];

/// Fills a shop, asks for it in every way that the page can, and notes the times.
pub async fn measure(rooms: &Rooms, offers: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let (browser, merchant) = Browser::sign_up(rooms).await?;
    let cards = store::invented(offers);
    let stock = Stock {
        merchant: &merchant,
        uid: "30000001",
        cards: &cards,
        lived: true,
    };
    let shop = store::fill(&rooms.db, &*rooms.clock, &*rooms.ids, &stock).await?;
    let scope = Scope::system(merchant.clone(), "bench");
    questions(rooms, &scope, &shop, offers, figures).await?;
    requests(&browser, offers, figures).await?;
    changes(rooms, &scope, &shop, offers, figures).await
}

/// One change for the whole shop: looked through, applied, undone.
async fn changes(
    rooms: &Rooms,
    scope: &Scope,
    shop: &ShopId,
    offers: usize,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let filter = BoardFilter {
        city_id: CITY.to_owned(),
        ..BoardFilter::default()
    };
    let all = Selection::Filter(Box::new(filter));
    let act = BulkAct::Min(Formula::OfPrice(BasisPoints(8_000)));
    let seconds = |since: Instant| format!("{} s", number(since.elapsed().as_secs_f64()));
    let start = Instant::now();
    let found = rooms.pricing.bulk_preview(scope, shop, &all, &act).await?;
    let looked = seconds(start);
    let start = Instant::now();
    let bulk = rooms.pricing.bulk_apply(scope, shop, &all, &act).await?;
    through(rooms, scope, &bulk.id).await?;
    let applied = seconds(start);
    let start = Instant::now();
    rooms.pricing.bulk_undo(scope, &bulk.id).await?;
    through(rooms, scope, &bulk.id).await?;
    let undone = seconds(start);
    figures.note(
        PART,
        format!(
            "a new minimum for all {offers} offers, {} of them changed: looked through / applied / undone",
            found.changed
        ),
        format!("{looked} / {applied} / {undone}"),
    );
    Ok(())
}

/// Waits until the job is through with a bulk change.
async fn through(rooms: &Rooms, scope: &Scope, bulk: &BulkId) -> anyhow::Result<()> {
    let worker = Worker::new(
        rooms.jobs.clone(),
        vec![Arc::new(BulkJob(rooms.pricing.clone()))],
        WorkerSettings::default(),
    );
    let stop = CancellationToken::new();
    let work = worker.run(stop.clone());
    let wait = async {
        while rooms.pricing.bulk(scope, bulk).await?.state().is_going() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        stop.cancel();
        anyhow::Ok(())
    };
    tokio::join!(work, wait).1
}

/// Every way of asking the board for a page, by name.
fn filters() -> Vec<(String, BoardFilter)> {
    let plain = || BoardFilter {
        city_id: CITY.to_owned(),
        limit: ROWS,
        ..BoardFilter::default()
    };
    let mut all = Vec::new();
    for sort in BoardSort::ALL {
        all.push((
            format!("sorted by {}", sort.word()),
            BoardFilter { sort, ..plain() },
        ));
    }
    for view in BoardView::ALL {
        all.push((format!("view {}", view.word()), BoardFilter { view, ..plain() }));
    }
    for text in SEARCHES {
        for sort in [BoardSort::ProfitDown, BoardSort::NameUp] {
            all.push((
                format!("search “{text}” by {}", sort.word()),
                BoardFilter {
                    search: Some(text.to_owned()),
                    sort,
                    ..plain()
                },
            ));
        }
    }
    all.push((
        "filter strategy".to_owned(),
        BoardFilter {
            strategy: Some("match".to_owned()),
            ..plain()
        },
    ));
    all.push((
        "filter category".to_owned(),
        BoardFilter {
            category: Some("Master - Toys".to_owned()),
            ..plain()
        },
    ));
    all.push((
        "filter margin".to_owned(),
        BoardFilter {
            margin_below: Some(BasisPoints(500)),
            ..plain()
        },
    ));
    all.push((
        "filter stock".to_owned(),
        BoardFilter {
            stock_below: Some(3),
            sort: BoardSort::PriceUp,
            ..plain()
        },
    ));
    all
}

/// One round of questions.
#[derive(Default)]
struct Round {
    times: Vec<Duration>,
    slowest: (String, Duration),
}

impl Round {
    fn add(&mut self, name: String, mut times: Vec<Duration>) {
        let slow = percentile(&mut times, 95);
        if slow > self.slowest.1 {
            self.slowest = (name, slow);
        }
        self.times.append(&mut times);
    }
}

/// Notes the quietest round, and beside it what was slow.
fn told(figures: &mut Figures, what: String, mut rounds: Vec<Round>) {
    rounds.sort_by_cached_key(|round| percentile(&mut round.times.clone(), 95));
    let p95 = |round: &mut Round| millis(percentile(&mut round.times, 95));
    let (slowest, Some(quietest)) = (rounds.last_mut().map(p95), rounds.first_mut()) else {
        return;
    };
    figures.at_most(PART, what, p95(quietest), GOAL_MS, " ms");
    figures.note(
        PART,
        format!(
            "median of the quietest round; p95 of the loudest; slowest question: {}",
            quietest.slowest.0
        ),
        format!(
            "{} ms; {} ms; {} ms at p95",
            number(millis(percentile(&mut quietest.times, 50))),
            number(slowest.unwrap_or_default()),
            number(millis(quietest.slowest.1))
        ),
    );
}

async fn ask(rooms: &Rooms, scope: &Scope, shop: &ShopId) -> anyhow::Result<Round> {
    let mut round = Round::default();
    for (name, filter) in filters() {
        let mut times = Vec::with_capacity(TIMES * 2);
        for _ in 0..TIMES {
            let start = Instant::now();
            let page = rooms.pricing.board(scope, shop, &filter).await?;
            times.push(start.elapsed());
            if let Some(after) = page.next {
                let start = Instant::now();
                rooms
                    .pricing
                    .board(
                        scope,
                        shop,
                        &BoardFilter {
                            after: Some(after),
                            ..filter.clone()
                        },
                    )
                    .await?;
                times.push(start.elapsed());
            }
        }
        round.add(name, times);
    }
    Ok(round)
}

async fn questions(
    rooms: &Rooms,
    scope: &Scope,
    shop: &ShopId,
    offers: usize,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        rounds.push(ask(rooms, scope, shop).await?);
    }
    told(
        figures,
        format!(
            "p95 of one page of rows with its count, {offers} offers, all sorts, views, searches and filters, first and second page"
        ),
        rounds,
    );
    let (mut counts, mut categories) = (Vec::new(), Vec::new());
    for _ in 0..TIMES * 2 {
        let start = Instant::now();
        rooms.pricing.board_counts(scope, shop, CITY).await?;
        counts.push(start.elapsed());
        let start = Instant::now();
        rooms.pricing.board_categories(scope, shop, CITY).await?;
        categories.push(start.elapsed());
    }
    figures.note(
        PART,
        "p95 of the counts on the tabs",
        format!("{} ms", number(millis(percentile(&mut counts, 95)))),
    );
    figures.note(
        PART,
        "p95 of the list of categories",
        format!("{} ms", number(millis(percentile(&mut categories, 95)))),
    );
    Ok(())
}

/// The page itself: router, session, queries, template.
async fn requests(browser: &Browser, offers: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let mut paths: Vec<String> = BoardSort::ALL
        .iter()
        .map(|sort| format!("/s/bench/prices?sort={}", sort.word()))
        .collect();
    paths.extend(
        BoardView::ALL
            .iter()
            .map(|view| format!("/s/bench/prices?view={}", view.word())),
    );
    for text in SEARCHES {
        paths.push(format!("/s/bench/prices?q={}", escaped(text)));
    }
    let (mut rounds, mut bytes, mut pages) = (Vec::with_capacity(ROUNDS), 0, 0);
    for _ in 0..ROUNDS {
        let mut round = Round::default();
        for path in &paths {
            let mut times = Vec::with_capacity(TIMES);
            for _ in 0..TIMES {
                let (took, size) = browser.get(path).await?;
                times.push(took);
                bytes += size;
            }
            pages += times.len();
            round.add(path.clone(), times);
        }
        rounds.push(round);
    }
    let size = count(bytes / pages.max(1)) / 1_024.0;
    told(
        figures,
        format!("p95 of the Prices page through the router, {offers} offers, sorts, views and searches"),
        rounds,
    );
    figures.note(
        PART,
        "mean size of the page before compression",
        format!("{} KB", number(size)),
    );
    Ok(())
}

/// Percent signs for everything that is not a letter or a digit of ASCII.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}
