//! `sauda labels`: papers for packing from a file of orders and a folder of waybills. Needs no settings, no database.

use crate::logs;
use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sauda_edge::{Language, words::Words as Texts};
use sauda_labels::{
    Crop, Dpi, Layout, Limits, Paper, PerSheet, Words, Zpl, ZplText,
    command::{Options, Step, run as print},
};
use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

#[derive(Debug, clap::Args)]
pub struct LabelsArgs {
    /// Orders: JSON lines, a JSON list or CSV; `-` is standard input. See docs/labels.md.
    #[arg(long, value_name = "FILE")]
    orders: PathBuf,
    /// Folder with waybills: PDFs and ZIP archives of them.
    #[arg(long, value_name = "DIR")]
    waybills: Option<PathBuf>,
    /// Where to write.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// 75x120, 58x40, 100x150 or a4.
    #[arg(long, default_value = "75x120", value_parser = paper)]
    paper: Paper,
    /// Labels on a sheet of A4: 4 or 8.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u8).range(4..=8))]
    per_sheet: u8,
    /// How waybills are printed: label, side-by-side, two-up or after.
    #[arg(long, default_value = "label", value_parser = layout)]
    layout: Layout,
    /// Which part of a waybill's page: content, page, or LEFT,TOP,WIDTH,HEIGHT in millimetres.
    #[arg(long, default_value = "content", value_parser = crop)]
    crop: Crop,
    /// Labels for a thermal printer too, in ZPL.
    #[arg(long)]
    zpl: bool,
    /// Dots per inch of that printer: 203 or 300.
    #[arg(long, default_value = "203", value_parser = dpi)]
    dpi: Dpi,
    /// Letters of the thermal printer: its own, or drawn by us when it has no Cyrillic.
    #[arg(long, default_value = "printer", value_parser = zpl_text)]
    zpl_text: ZplText,
    /// Language of the words on paper: ru, kk or en.
    #[arg(long, default_value = "ru", value_parser = language)]
    lang: Language,
}

fn paper(name: &str) -> Result<Paper, String> {
    Paper::named(name).ok_or_else(|| "give 75x120, 58x40, 100x150 or a4".to_owned())
}

fn layout(name: &str) -> Result<Layout, String> {
    Layout::named(name).ok_or_else(|| "give label, side-by-side, two-up or after".to_owned())
}

fn crop(text: &str) -> Result<Crop, String> {
    Crop::named(text)
        .ok_or_else(|| "give content, page, or four numbers in millimetres with commas".to_owned())
}

fn dpi(text: &str) -> Result<Dpi, String> {
    match text {
        "203" => Ok(Dpi::Dpi203),
        "300" => Ok(Dpi::Dpi300),
        _ => Err("give 203 or 300".to_owned()),
    }
}

fn zpl_text(text: &str) -> Result<ZplText, String> {
    match text {
        "printer" => Ok(ZplText::Printer),
        "drawn" => Ok(ZplText::Drawn),
        _ => Err("give printer or drawn".to_owned()),
    }
}

fn language(word: &str) -> Result<Language, String> {
    Language::parse(word).ok_or_else(|| "give ru, kk or en".to_owned())
}

/// Makes everything; 2 when something is missing, broken, unknown or refused.
pub fn run(args: LabelsArgs) -> anyhow::Result<ExitCode> {
    let paper = match (args.paper, args.per_sheet) {
        (Paper::A4(_), 4) => Paper::A4(PerSheet::Four),
        (Paper::A4(_), 8) | (Paper::Label75x120 | Paper::Label58x40 | Paper::Label100x150, _) => args.paper,
        (Paper::A4(_), other) => bail!("--per-sheet is {other}: a sheet has 4 labels or 8"),
    };
    let options = Options {
        orders: read(&args.orders)?,
        waybills: args.waybills,
        out: args.out,
        paper,
        layout: args.layout,
        crop: args.crop,
        zpl: args.zpl.then_some(Zpl {
            dpi: args.dpi,
            text: args.zpl_text,
        }),
        words: words(args.lang),
        limits: Limits::default(),
    };
    let bar = bar();
    let begun = Instant::now();
    let report = print(&options, &mut |step, done, of| show(&bar, begun, step, done, of))?;
    bar.finish_and_clear();
    for line in report.summary() {
        logs::complain(&line);
    }
    logs::say(&options.out.join("report.json").display().to_string());
    Ok(if report.is_whole() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("standard input")?;
        return Ok(bytes);
    }
    std::fs::read(file).with_context(|| format!("--orders {}", file.display()))
}

/// The words on paper; numbers are put in later.
fn words(language: Language) -> Words {
    let numbers = [("n", "{n}".into()), ("m", "{m}".into())];
    Words::read(|key| Texts::shared().text(language, key, &numbers))
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {elapsed_precise}") {
        bar.set_style(style);
    }
    bar
}

/// A bar is shown when it takes longer than two seconds.
fn show(bar: &ProgressBar, begun: Instant, step: Step, done: usize, of: usize) {
    if bar.is_hidden() && begun.elapsed() > Duration::from_secs(2) {
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
    bar.set_message(match step {
        Step::Reading => "reading waybills",
        Step::Drawing => "drawing labels",
        Step::Merging => "merging",
        Step::Writing => "writing",
    });
    bar.set_length(u64::try_from(of).unwrap_or(u64::MAX));
    bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
}
