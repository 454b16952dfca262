//! Goods in and papers out: a seller's sheet brought by the plain command, the price list of a large shop, a thousand labels.
//! Refuses to measure a wire or a printer.

use super::{
    figures::{Figures, count},
    on_file,
    store::{self, Stock},
    worker::once,
};
use crate::{config::Config, rooms::Rooms};
use anyhow::{Context as _, bail};
use sauda_accounts::{NewOwner, Scope, Visitor};
use serde_json::json;
use std::{
    ffi::OsString,
    fmt::Write as _,
    path::Path,
    time::{Duration, Instant},
};

const PART: &str = "goods";
/// Labels that are drawn.
const LABELS: usize = 1_000;
/// How often the list is written: the figure is the quietest.
const ROUNDS: usize = 3;

/// How many goods there are.
#[derive(Debug, Clone, Copy)]
pub struct Goods {
    /// Rows of the sheet.
    pub rows: usize,
    /// Offers in the price list.
    pub offers: usize,
}

/// Measures all three, each on files of its own.
pub async fn measure(
    config: &Config,
    program: &Path,
    folder: &Path,
    goods: Goods,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    sheet(config, program, folder, goods.rows, figures).await?;
    list(config, folder, goods.offers, figures).await?;
    labels(program, folder, figures).await
}

/// A sheet with the headings that sellers keep, a repeated import of it, both as whole programs.
async fn sheet(
    config: &Config,
    program: &Path,
    folder: &Path,
    rows: usize,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let own = on_file(config, folder, "sheet", None);
    let rooms = Rooms::open(own.clone()).await?;
    owner(&rooms).await?;
    rooms.db.close().await;
    let path = folder.join("goods.csv");
    std::fs::write(&path, seller_sheet(rows)?)?;
    let words: [OsString; 6] = [
        "--set".into(),
        format!("database.url={}", own.database.url).into(),
        "--set".into(),
        format!("secrets.key_file={}", own.secrets.key_file).into(),
        "import".into(),
        path.into(),
    ];
    let first = once(program, &words).await?;
    let again = once(program, &words).await?;
    figures.at_most(
        PART,
        format!("`sauda import` of {rows} rows, 16 columns, all of them new: wall"),
        first.took.as_secs_f64(),
        10.0,
        " s",
    );
    figures.at_most(
        PART,
        "the most memory of that program",
        megabytes(first.peak_kilobytes),
        300.0,
        " MB",
    );
    figures.at_most(
        PART,
        "the same sheet again, nothing new: wall",
        again.took.as_secs_f64(),
        10.0,
        " s",
    );
    Ok(())
}

async fn owner(rooms: &Rooms) -> anyhow::Result<Scope> {
    let owner = NewOwner {
        merchant_name: "Bench".to_owned(),
        name: "Bench".to_owned(),
        login: "bench@example.kz".to_owned(),
        password: "a long password of the benchmark".to_owned().into(),
        language: None,
    };
    let visitor = Visitor {
        address: "127.0.0.1".to_owned(),
        device: "bench".to_owned(),
    };
    rooms.accounts.sign_up(owner, &visitor).await?;
    let merchant = rooms.accounts.merchants().await?.pop().context("the merchant")?;
    Ok(Scope::system(merchant.id, "bench"))
}

fn seller_sheet(rows: usize) -> anyhow::Result<String> {
    let mut text = String::from(
        "SKU_ID;Kaspi_name_core;Kaspi_art_1;SKU_ID_KSP;Initial_KSP_Price;Stock_entered;Weight_kg;Brend;Model;Color;\
         Our_Size;Gender;Season;Product_Type;Sub_Category;Store_name\n",
    );
    for (at, card) in store::invented(rows).iter().enumerate() {
        writeln!(
            text,
            "S-{at:06};{};{};K{at};{} {:03};{};0,{:02};Brand {};M-{};black;{};female;winter;Clothes;Coats;Main",
            card.title,
            card.card,
            card.level / 1_000,
            card.level % 1_000,
            at % 40,
            at % 99 + 1,
            at % 120,
            at % 900,
            40 + at % 8 * 2,
        )?;
    }
    Ok(text)
}

/// The price list of a shop whose offers are all on sale.
async fn list(config: &Config, folder: &Path, offers: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let rooms = Rooms::open(on_file(config, folder, "list", None)).await?;
    let scope = owner(&rooms).await?;
    let merchant = rooms.accounts.merchants().await?.pop().context("the merchant")?;
    let cards = store::invented(offers);
    let stock = Stock {
        merchant: &merchant.id,
        uid: "30000001",
        cards: &cards,
        lived: true,
    };
    let shop = store::fill(&rooms.db, &*rooms.clock, &*rooms.ids, &stock).await?;
    let mut quietest = Duration::MAX;
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let mut written = std::io::sink();
        let check = rooms.feeds.write_to(&scope, &shop, &mut written).await?;
        quietest = quietest.min(began.elapsed());
        bytes = check.bytes;
        if let Some(held) = check.held {
            bail!("the list is held: {}", held.word());
        }
        if usize::try_from(check.counts.rows)? != offers {
            bail!("of {offers} offers {} are in the list", check.counts.rows);
        }
    }
    figures.at_most(
        PART,
        format!(
            "price list of {offers} offers, {} MB, read, judged and written: wall",
            bytes / 1_000_000
        ),
        quietest.as_secs_f64(),
        1.0,
        " s",
    );
    rooms.db.close().await;
    Ok(())
}

/// A thousand labels with their pick lists, as a whole program.
async fn labels(program: &Path, folder: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let path = folder.join("orders.jsonl");
    let mut text = String::new();
    let sizes = ["M", "42-44", "2XL", "36,5"].iter().cycle();
    for ((at, card), size) in store::invented(LABELS).iter().enumerate().zip(sizes) {
        let order = json!({
            "code": (880_000_001 + at * 37).to_string(), "model": card.title, "size": size,
            "colour": "black", "shelf": format!("A-{}", at % 40), "city": "Almaty", "deadline": "21.11 18:00",
            "point": format!("Satpayev {at}, postamat {at}"), "waybill": false,
        });
        writeln!(text, "{order}")?;
    }
    std::fs::write(&path, text)?;
    let words: [OsString; 5] = [
        "labels".into(),
        "--orders".into(),
        path.into(),
        "--out".into(),
        folder.join("papers").into(),
    ];
    let done = once(program, &words).await?;
    figures.at_most(
        PART,
        format!("`sauda labels`: {LABELS} labels, the pick list and the roll as PDF: wall"),
        done.took.as_secs_f64(),
        2.0,
        " s",
    );
    figures.note(
        PART,
        "the most memory of that program",
        format!("{:.0} MB", megabytes(done.peak_kilobytes)),
    );
    Ok(())
}

fn megabytes(kilobytes: u64) -> f64 {
    count(usize::try_from(kilobytes / 1_024).unwrap_or(0))
}
