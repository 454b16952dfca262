//! `sauda import`: a seller's sheet checked row by row, written into the catalogue, or taken back. Told in docs/import.md.

use crate::{config::Config, logs, rooms::Rooms};
use anyhow::{Context as _, bail};
use clap::Args;
use sauda_accounts::Scope;
use sauda_catalog::{
    CatalogError, ProductImport,
    import::{
        Finding, bad_rows_csv,
        products::{
            CheckTotals, CheckedRow, Mapping, OpenError, OpenOptions, ProductFile, Verdict, choose, report,
        },
    },
    table::{Intake, TableError, TableLimits},
};
use sauda_edge::{Arg, Language, Words};
use sauda_kernel::{Clock as _, Failure, ImportId, Public, Span, SystemClock};
use std::{
    io::{BufWriter, IsTerminal as _, Read as _, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The sheet: CSV, XLSX, XLS, ODS, or Kaspi's price list.
    #[arg(required_unless_present = "undo")]
    file: Option<PathBuf>,
    /// Only judge the rows; nothing is written.
    #[arg(long)]
    check: bool,
    /// JSON lines instead of sentences.
    #[arg(long)]
    json: bool,
    /// What a column is, such as `Номер=sku`; may be repeated; `-` leaves a column out.
    #[arg(long = "map", value_name = "COLUMN=FIELD", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Which sheet of a workbook.
    #[arg(long)]
    sheet: Option<String>,
    /// Writes the refused rows with their reasons into this file.
    #[arg(long, value_name = "FILE")]
    out_bad: Option<PathBuf>,
    /// Whose catalogue; needed when there are several merchants.
    #[arg(long, value_name = "ID")]
    merchant: Option<String>,
    /// Takes an import back, for 24 hours.
    #[arg(long, value_name = "ID", conflicts_with_all = ["file", "check"])]
    undo: Option<String>,
    /// Language of sentences: ru, kk or en.
    #[arg(long, default_value = "ru")]
    lang: String,
}

fn pair(text: &str) -> Result<(String, String), String> {
    text.rsplit_once('=')
        .map(|(column, field)| (column.trim().to_owned(), field.trim().to_owned()))
        .ok_or_else(|| format!("{text:?} is not COLUMN=FIELD"))
}

/// How the command speaks.
struct Voice {
    json: bool,
    language: Language,
}

impl ImportArgs {
    /// Whether nothing but the file is needed.
    pub const fn is_check(&self) -> bool {
        self.check
    }

    fn voice(&self) -> anyhow::Result<Voice> {
        let language = match self.lang.as_str() {
            "ru" => Language::Ru,
            "kk" => Language::Kk,
            "en" => Language::En,
            other => bail!("--lang {other}: there are ru, kk and en"),
        };
        Ok(Voice {
            json: self.json,
            language,
        })
    }
}

/// Judges a file and writes nothing; needs no settings and no database.
pub fn check(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let voice = args.voice()?;
    let Some(path) = &args.file else {
        bail!("name the file to check");
    };
    let opened = read_file(path).and_then(|bytes| {
        let options = OpenOptions {
            limits: TableLimits::default(),
            sheet: args.sheet.clone(),
        };
        let file = ProductFile::open(&bytes, &options)?;
        let mapping = choose(&file, &args.map)?;
        Ok((bytes, file, mapping))
    });
    let (bytes, file, mapping) = match opened {
        Ok(opened) => opened,
        Err(error) => return voice.refused(&error),
    };
    let mut bad = BadRows::default();
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut broken = None;
    let totals = file.check(mapping.as_ref(), None, &mut |row| {
        if broken.is_none() {
            broken = voice.row(&file, mapping.as_ref(), &row, &mut output, true).err();
        }
        bad.take(row);
    });
    let told = match broken {
        Some(error) => Err(error),
        None => voice.summary(&file, mapping.as_ref(), &bytes, &totals, &mut output),
    };
    match told.and_then(|()| output.flush()) {
        Err(closed) if closed.kind() == std::io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
        other => other?,
    }
    if let Some(path) = &args.out_bad {
        bad.write(&file, path, voice.language)?;
    }
    Ok(if totals.refused > 0 {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    })
}

/// Writes a file into the catalogue, or takes an import back.
pub async fn run(config: Config, args: ImportArgs) -> anyhow::Result<ExitCode> {
    let voice = args.voice()?;
    let rooms = Rooms::open(config).await?;
    let scope = scope_of(&rooms, args.merchant.as_deref()).await?;
    let mut bar = Bar::default();
    if let Some(id) = &args.undo {
        let id = ImportId::parse(id).context("--undo")?;
        let undone = rooms
            .products
            .undo_import_now(&scope, &id, &mut |done, total| bar.show(done, total))
            .await;
        bar.end();
        let kept = rooms.products.kept_skus(&scope, &id).await.unwrap_or_default();
        return match undone {
            Ok(import) => voice.undone(&import, &kept),
            Err(error) => voice.failed(error),
        };
    }
    let Some(path) = &args.file else {
        bail!("name the file to import");
    };
    let bytes = match read_file(path) {
        Ok(bytes) => bytes,
        Err(error) => return voice.refused(&error),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let kept = rooms
        .products
        .keep_upload(
            &scope,
            &name.unwrap_or_default(),
            bytes,
            args.sheet.clone(),
            args.map.clone(),
        )
        .await;
    let import = match kept {
        Ok(import) => import,
        Err(error) => return voice.failed(error),
    };
    let open = rooms.products.open_upload(&scope, &import.id).await?;
    let (open, rows, totals) = rooms
        .products
        .check_upload(&scope, open, |row| {
            (matches!(row.verdict, Verdict::Refused) || !row.warnings.is_empty()).then_some(row)
        })
        .await?;
    if !open.is_mapped() {
        let error = OpenError::Mapping(sauda_catalog::import::columns::MappingError::NoSku);
        return voice.refused(&error);
    }
    let mut bad = BadRows::default();
    {
        let mut output = BufWriter::new(std::io::stdout().lock());
        for row in rows {
            voice.row(&open.file, open.mapping.as_ref(), &row, &mut output, false)?;
            bad.take(row);
        }
        voice.summary(
            &open.file,
            open.mapping.as_ref(),
            &open.bytes,
            &totals,
            &mut output,
        )?;
        output.flush()?;
    }
    if let Some(path) = &args.out_bad {
        bad.write(&open.file, path, voice.language)?;
    }
    drop(open);
    let done = rooms
        .products
        .apply_upload_now(&scope, &import.id, &mut |done, total| bar.show(done, total))
        .await;
    bar.end();
    match done {
        Ok(import) => {
            voice.done(&import);
            Ok(if totals.refused > 0 {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            })
        }
        Err(error) => voice.failed(error),
    }
}

/// The merchant that is named, or the only one there is.
async fn scope_of(rooms: &Rooms, named: Option<&str>) -> anyhow::Result<Scope> {
    let merchants = rooms.accounts.merchants().await?;
    let all: Vec<String> = merchants
        .iter()
        .map(|merchant| format!("{} ({})", merchant.id, merchant.name))
        .collect();
    let found = match (named, merchants.as_slice()) {
        (Some(named), some) => some.iter().find(|merchant| merchant.id.as_str() == named),
        (None, [one]) => Some(one),
        (None, []) => bail!("there is no merchant yet: open the pages and sign up first"),
        (None, _) => None,
    };
    match found {
        Some(merchant) => Ok(Scope::system(merchant.id.clone(), "sauda import")),
        None => bail!("--merchant: name one of {}", all.join(", ")),
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, OpenError> {
    let unreadable = |error| OpenError::Table(TableError::Unreadable(error));
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let mut intake = Intake::new(&TableLimits::default(), Some(length))?;
    let mut chunk = vec![0_u8; 64 * 1024];
    loop {
        let count = file.read(&mut chunk).map_err(unreadable)?;
        let Some(part) = chunk.get(..count).filter(|part| !part.is_empty()) else {
            return Ok(intake.finish()?);
        };
        intake.push(part)?;
    }
}

/// The refused rows, for the file that is mended and brought again.
#[derive(Default)]
struct BadRows {
    rows: Vec<u32>,
    errors: Vec<Finding>,
}

impl BadRows {
    fn take(&mut self, row: CheckedRow) {
        if row.verdict == Verdict::Refused {
            self.rows.push(row.row);
            self.errors.extend(row.errors);
        }
    }

    fn write(&self, file: &ProductFile, path: &Path, to: Language) -> anyhow::Result<()> {
        let words = Words::shared();
        let reason = words.text(to, "import-reason", &[]);
        let render = |finding: &Finding| words.refusal(to, &finding.public(), SystemClock.now());
        let text = match file.table() {
            Some(table) => bad_rows_csv(table, &self.rows, &self.errors, &reason, &render),
            None => {
                let lines: Vec<String> = self.errors.iter().map(&render).collect();
                format!("\u{feff}{reason}\r\n{}\r\n", lines.join("\r\n"))
            }
        };
        std::fs::write(path, text).with_context(|| format!("--out-bad {}", path.display()))
    }
}

impl Voice {
    fn sentence(&self, public: &Public) -> String {
        Words::shared().refusal(self.language, public, SystemClock.now())
    }

    fn text(&self, key: &str, args: &[(&str, i64)]) -> String {
        let args: Vec<(&str, Arg)> = args
            .iter()
            .map(|(name, value)| (*name, Arg::from(*value)))
            .collect();
        Words::shared().text(self.language, key, &args)
    }

    fn row(
        &self,
        file: &ProductFile,
        mapping: Option<&Mapping>,
        row: &CheckedRow,
        output: &mut dyn Write,
        whole: bool,
    ) -> std::io::Result<()> {
        if self.json {
            return if whole || row.verdict == Verdict::Refused {
                report::write_row(file, mapping, row, output)
            } else {
                Ok(())
            };
        }
        for finding in row.errors.iter().chain(&row.warnings) {
            writeln!(output, "{}", self.sentence(&finding.public()))?;
        }
        Ok(())
    }

    fn summary(
        &self,
        file: &ProductFile,
        mapping: Option<&Mapping>,
        bytes: &[u8],
        totals: &CheckTotals,
        output: &mut dyn Write,
    ) -> std::io::Result<()> {
        if self.json {
            return report::write_summary(file, mapping, bytes, totals, output);
        }
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let text = self.text(
            "import-told-check",
            &[
                ("rows", count(totals.rows)),
                ("ready", count(totals.ready)),
                ("warned", count(totals.warned)),
                ("refused", count(totals.refused)),
                ("repeated", count(totals.duplicates)),
            ],
        );
        writeln!(output, "{text}")
    }

    fn done(&self, import: &ProductImport) {
        if self.json {
            let line = serde_json::json!({"import": {
                "id": import.id.as_str(), "created": import.created, "changed": import.changed,
                "unchanged": import.unchanged, "skipped": import.skipped
            }});
            return logs::say(&line.to_string());
        }
        let counts = [
            ("created", import.created),
            ("changed", import.changed),
            ("unchanged", import.unchanged),
            ("skipped", import.skipped),
        ];
        logs::say(&self.text("import-told-done", &counts));
        logs::say(&format!("sauda import --undo {}", import.id));
    }

    fn undone(&self, import: &ProductImport, kept: &[String]) -> anyhow::Result<ExitCode> {
        if self.json {
            let line = serde_json::json!({"undone": {
                "id": import.id.as_str(), "put_back": import.put_back, "kept": import.kept, "kept_skus": kept
            }});
            logs::say(&line.to_string());
        } else {
            let counts = [("back", import.put_back), ("kept", import.kept)];
            logs::say(&self.text("import-told-undone", &counts));
            for sku in kept {
                logs::say(sku);
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// A file that cannot be checked at all: the command could not do its work.
    fn refused(&self, error: &OpenError) -> anyhow::Result<ExitCode> {
        if self.json {
            report::write_open_error(error, &mut std::io::stdout().lock())?;
        } else {
            for public in error.public() {
                logs::complain(&self.sentence(&public));
            }
        }
        Ok(ExitCode::FAILURE)
    }

    fn failed(&self, error: CatalogError) -> anyhow::Result<ExitCode> {
        match error {
            CatalogError::Open(error) => self.refused(&error),
            error
                if matches!(
                    error.kind(),
                    sauda_kernel::Kind::Bug | sauda_kernel::Kind::Unavailable
                ) =>
            {
                Err(error.into())
            }
            error => {
                for public in error.public() {
                    let text = self.sentence(&public);
                    if self.json {
                        let line = serde_json::json!({"error": {"code": public.code, "field": public.field, "message": text, "hint": ""}});
                        logs::say(&line.to_string());
                    } else {
                        logs::complain(&text);
                    }
                }
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

/// How far it is, at a terminal, once it takes longer than two seconds.
struct Bar {
    began: sauda_kernel::Timestamp,
    shown: bool,
}

impl Default for Bar {
    fn default() -> Self {
        Self {
            began: SystemClock.now(),
            shown: false,
        }
    }
}

impl Bar {
    fn show(&mut self, done: i64, total: i64) {
        let mut out = std::io::stderr();
        if total <= 0 || !out.is_terminal() || SystemClock.now().since(self.began) < Span::from_secs(2) {
            return;
        }
        self.shown = true;
        let percent = done.saturating_mul(100) / total;
        let full = usize::try_from(percent / 5).unwrap_or(0).min(20);
        let (full, rest) = ("#".repeat(full), "-".repeat(20 - full));
        let _ = write!(out, "\r[{full}{rest}] {percent} %  {done}/{total}");
    }

    fn end(&self) {
        if self.shown {
            let _ = writeln!(std::io::stderr());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[derive(Debug, clap::Parser)]
    struct Line {
        #[command(flatten)]
        import: ImportArgs,
    }

    /// How the command ends for a file; exit codes can only be compared by how they are shown.
    fn ends(path: &Path) -> String {
        let line = Line::parse_from(["import", path.to_str().unwrap(), "--check", "--json"]);
        format!("{:?}", check(&line.import).unwrap())
    }

    #[test]
    fn a_file_that_cannot_be_read_ends_with_one_and_refused_rows_with_two() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let code = |code: u8| format!("{:?}", ExitCode::from(code));
        for (path, what) in [
            (folder.path().join("gone.csv"), "missing"),
            (folder.path().to_owned(), "a folder"),
            (file("empty.csv", b""), "empty"),
            (file("cut.xlsx", b"PK\x03\x04 nothing"), "damaged"),
            (file("no-sku.csv", b"name;price\nA;1\n"), "no column for the SKU"),
        ] {
            assert_eq!(ends(&path), code(1), "{what}");
        }
        let sheet = "SKU;Kaspi_name_core;Initial_KSP_Price\nA;A;";
        assert_eq!(ends(&file("bad.csv", format!("{sheet}0\n").as_bytes())), code(2));
        assert_eq!(
            ends(&file("good.csv", format!("{sheet}9990\n").as_bytes())),
            code(0)
        );
    }
}
