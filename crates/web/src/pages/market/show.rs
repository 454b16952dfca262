//! The page of snapshots and its file.

use crate::{
    charts::{PricePoint, price_plot, spark},
    door::Desk,
    pages::{export::csv_file, prices::path_of},
    shell::Shell,
    views::{
        market::{BandLine, CardLine, Chosen, MarketPage, SellerLine, SourceLine, TrackedLine, tabs},
        parts::Form,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, Span, Timestamp};
use sauda_research::{
    SourceView,
    model::{Settings, ShelfRow, Snapshot, Source, SourceState, Tracked},
    plan, stats,
};
use serde::Deserialize;
use std::collections::HashSet;

/// Cards of a list on the page; the file has all.
const CARDS: usize = 15;
/// Sellers on the page.
const SELLERS: usize = 12;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct MarketQuery {
    source: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<MarketQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let settings = desk.research.settings(who.scope()).await?;
    let view = view(
        &desk,
        who.scope(),
        &at.shell,
        &query.source,
        new_form(),
        settings_form(&settings),
    )
    .await?;
    desk.draw(&at.shell, &view)
}

/// What a new source begins with.
pub(super) fn new_form() -> Form {
    Form::of(&[
        ("kind", "category"),
        ("pages", "5"),
        ("most", "60"),
        ("sellers_of", "10"),
    ])
}

pub(super) fn settings_form(settings: &Settings) -> Form {
    Form::of(&[
        ("times", &plan::show_times(&settings.times)),
        ("keep_days", &settings.keep_days.to_string()),
        ("archive_days", &settings.archive_days.to_string()),
        ("report", settings.report.word()),
        ("report_time", &plan::show_times(&[settings.report_minute])),
        ("reviews", if settings.reviews { "on" } else { "" }),
        ("review_limit", &settings.review_limit.to_string()),
        ("raw_days", &settings.raw_days.to_string()),
    ])
}

/// The last two weeks.
fn files_form(now: Timestamp) -> Form {
    let word = |at: Timestamp| at.rfc3339_almaty().chars().take(10).collect::<String>();
    Form::of(&[
        ("from", &word(now.minus(Span::from_days(13)))),
        ("to", &word(now)),
        ("kind", "csv"),
    ])
}

pub(super) async fn view(
    desk: &Desk,
    scope: &Scope,
    shell: &Shell,
    chosen: &str,
    form: Form,
    settings: Form,
) -> Result<MarketPage, Refusal> {
    let base = &shell.base;
    let sources = desk.research.sources(scope).await?;
    let tracked = desk.research.tracked(scope).await?;
    let chosen = sources
        .iter()
        .find(|source| source.id == chosen)
        .or_else(|| sources.iter().find(|source| source.read_at.is_some()))
        .or_else(|| sources.first())
        .map(|source| source.id.clone());
    let mut lines = Vec::with_capacity(sources.len());
    for source in &sources {
        let snapshots = desk.research.snapshots(scope, &source.id, 20).await?;
        lines.push(line(
            source,
            &snapshots,
            base,
            chosen.as_deref() == Some(source.id.as_str()),
        ));
    }
    let known = desk.research.settings(scope).await?;
    let chosen = match chosen {
        Some(id) => chosen_part(desk.research.look(scope, &id).await?, &tracked, base, desk),
        None => None,
    };
    Ok(MarketPage {
        tabs: tabs(base, "snapshots"),
        sources: lines,
        chosen,
        tracked: tracked
            .into_iter()
            .map(|one| TrackedLine {
                is_seller: one.is_seller,
                word: one.word,
                title: one.title,
                by: one.by,
                since: one.since,
            })
            .collect(),
        times: plan::show_times(&known.times),
        files: files_form(desk.now()),
        keeps_raws: known.raw_days > 0,
        form,
        settings,
        may_edit: scope.may(Right::ManagePrices),
    })
}

fn line(source: &Source, snapshots: &[Snapshot], base: &str, is_chosen: bool) -> SourceLine {
    let middles: Vec<i64> = snapshots
        .iter()
        .rev()
        .filter_map(|one| one.middle.map(|price| price.0))
        .collect();
    SourceLine {
        id: source.id.clone(),
        title: source.title().to_owned(),
        kind: source.wish.kind.word(),
        href: format!("{base}/market?source={}", source.id),
        state: if source.paused && source.state != SourceState::Reading {
            "paused"
        } else {
            source.state.word()
        },
        read_at: source.read_at,
        trouble: source.trouble.clone(),
        cards: snapshots.first().map(|one| one.cards),
        middle: snapshots.first().and_then(|one| one.middle),
        spark: spark(&middles),
        is_chosen,
        from_file: source.from_file,
    }
}

fn chosen_part(look: SourceView, tracked: &[Tracked], base: &str, desk: &Desk) -> Option<Chosen> {
    let newest = look.snapshots.first()?.clone();
    let told: HashSet<(bool, &str)> = tracked
        .iter()
        .map(|one| (one.is_seller, one.word.as_str()))
        .collect();
    let own: HashSet<&str> = look.own.iter().map(|(row, _)| row.card.as_str()).collect();
    let points: Vec<PricePoint> = look
        .snapshots
        .iter()
        .rev()
        .map(|one| PricePoint {
            at: one.at,
            own: one.middle,
            rival: one.low,
        })
        .collect();
    let marks = Marks {
        own: &own,
        told: &told,
    };
    let fresh: HashSet<&str> = look
        .change
        .iter()
        .flat_map(|change| change.fresh.iter().map(String::as_str))
        .collect();
    Some(Chosen {
        read_at: newest.at,
        before_at: look.snapshots.get(1).map(|one| one.at),
        cards: newest.cards,
        total: newest.total,
        has_holes: !newest.is_whole,
        low: newest.low,
        middle: newest.middle,
        high: newest.high,
        fresh: newest.fresh,
        gone: newest.gone,
        grown: newest.grown,
        sales: newest.grown.map(stats::sales),
        plot: (points.len() > 1).then(|| {
            let from = points.first().map_or(newest.at, |point| point.at);
            price_plot(&points, None, from, desk.now())
        }),
        bands: bands(&look.bands),
        fresh_cards: look
            .rows
            .iter()
            .filter(|row| fresh.contains(row.card.as_str()))
            .take(CARDS)
            .map(|row| marks.row(row))
            .collect(),
        movers: look
            .change
            .iter()
            .flat_map(|change| &change.moves)
            .take(CARDS)
            .map(|one| marks.mover(one))
            .collect(),
        own: look
            .own
            .iter()
            .map(|(row, price)| CardLine {
                own: *price,
                ..marks.row(row)
            })
            .collect(),
        sellers: sellers(&look.sellers, &told),
        left: look.left,
        export: format!("{base}/market/{}/export.csv", look.source.id),
        title: look.source.title().to_owned(),
        id: look.source.id,
    })
}

/// What is marked in lists: own cards, and what is told of.
struct Marks<'a> {
    own: &'a HashSet<&'a str>,
    told: &'a HashSet<(bool, &'a str)>,
}

impl Marks<'_> {
    fn row(&self, row: &ShelfRow) -> CardLine {
        CardLine {
            card: row.card.clone(),
            title: row.title.clone(),
            url: row.url.clone(),
            place: row.place,
            place_was: None,
            price: row.price,
            was: None,
            own: None,
            reviews: row.reviews,
            grown: None,
            is_own: self.own.contains(row.card.as_str()),
            is_tracked: self.told.contains(&(false, row.card.as_str())),
        }
    }

    fn mover(&self, one: &stats::Move) -> CardLine {
        CardLine {
            card: one.card.clone(),
            title: one.title.clone(),
            url: one.url.clone(),
            place: one.place,
            place_was: Some(one.place_was),
            price: one.price,
            was: one.was.filter(|was| Some(*was) != one.price),
            own: None,
            reviews: None,
            grown: one.grown,
            is_own: self.own.contains(one.card.as_str()),
            is_tracked: self.told.contains(&(false, one.card.as_str())),
        }
    }
}

fn bands(bands: &[stats::Band]) -> Vec<BandLine> {
    let fullest = bands.iter().map(|band| band.cards).max().unwrap_or(0).max(1);
    bands
        .iter()
        .map(|band| BandLine {
            from: band.from,
            to: band.to,
            cards: band.cards,
            share: band.cards * 100 / fullest,
            sales: band.grown.map(stats::sales),
        })
        .collect()
}

fn sellers(all: &[stats::SellerShare], told: &HashSet<(bool, &str)>) -> Vec<SellerLine> {
    all.iter()
        .take(SELLERS)
        .map(|one| SellerLine {
            id: one.seller.clone(),
            name: one.name.clone(),
            cards: one.cards,
            first: one.first,
            share_bp: one.share_bp,
            is_new: one.is_new,
            is_tracked: told.contains(&(true, one.seller.as_str())),
        })
        .collect()
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct FileQuery {
    /// An archived day, `2026-11-01`; the newest snapshot without it.
    day: String,
}

/// Every card of the newest snapshot, or of all snapshots of an archived day.
pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams((slug, id)): PathParams<(String, String)>,
    QueryParams(query): QueryParams<FileQuery>,
) -> Result<Response, Refusal> {
    desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    if !query.day.is_empty() {
        return archived(&desk, who.scope(), &id, &query.day).await;
    }
    let look = desk.research.look(who.scope(), &id).await?;
    let head = [
        "at",
        "place",
        "card",
        "title",
        "brand",
        "price",
        "rating",
        "reviews",
        "first_seen",
        "url",
    ];
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
    let at = look
        .snapshots
        .first()
        .map(|one| one.at.rfc3339_almaty())
        .unwrap_or_default();
    let shown = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    for row in look.rows {
        rows.push(vec![
            at.clone(),
            row.place.to_string(),
            row.card,
            row.title,
            row.brand.unwrap_or_default(),
            shown(row.price.map(|price| price.0)),
            row.rating_milli
                .map(|milli| format!("{}.{:03}", milli / 1_000, milli % 1_000))
                .unwrap_or_default(),
            shown(row.reviews),
            row.first_at.rfc3339_almaty(),
            row.url.unwrap_or_default(),
        ]);
    }
    csv_file("market.csv", &rows)
}

/// All rows of an archived day.
async fn archived(desk: &Desk, scope: &Scope, id: &str, day: &str) -> Result<Response, Refusal> {
    let none = || {
        Refusal::new(
            Kind::NotFound,
            Public::new("not-found").arg("what", "snapshot").arg("id", day),
        )
    };
    let at = Timestamp::parse(&format!("{day}T00:00:00+05:00")).map_err(|_| none())?;
    let text = desk.research.archived(scope, id, at).await?.ok_or_else(none)?;
    // Numbers, times and ids alone: no field has a comma.
    let rows: Vec<Vec<String>> = text
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect();
    csv_file(&format!("market-{day}.csv"), &rows)
}
