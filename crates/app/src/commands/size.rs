//! `sauda size`: size advice as a plain command. Needs no settings, no database.

use crate::logs;
use anyhow::Context as _;
use sauda_sizes::chart::Charts;
use sauda_sizes::command::{Options, read_outcomes, run_lines};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Learns from the shop's outcomes, then reads standard input line by line and answers each on standard output.
pub fn run(outcomes: &[PathBuf], tables: Option<&Path>) -> anyhow::Result<ExitCode> {
    let mut options = Options::default();
    let mut refused = 0;
    for path in outcomes {
        let rows = read_outcomes(open(path)?, &mut options.outcomes)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        refused += rows.refused;
        for (line, refusal) in rows.first {
            logs::complain(&format!(
                "{}:{line}: {}; {}",
                path.display(),
                refusal.message,
                refusal.hint
            ));
        }
        if rows.refused > 0 {
            let all = rows.refused + rows.learned;
            logs::complain(&format!(
                "{}: {} of {all} rows were not learned",
                path.display(),
                rows.refused
            ));
        }
    }
    if let Some(path) = tables {
        options.charts = Charts::read(open(path)?).map_err(|problem| {
            let line = problem.line.map_or(String::new(), |line| format!(":{line}"));
            anyhow::anyhow!("{}{line}: {problem}; {}", path.display(), problem.hint)
        })?;
    }
    let mut output = BufWriter::new(std::io::stdout().lock());
    let summary = run_lines(std::io::stdin().lock(), &mut output, options).and_then(|summary| {
        output.flush()?;
        Ok(summary)
    });
    match summary {
        Ok(summary) if summary.refused > 0 => {
            logs::complain(&format!(
                "{} of {} lines could not be read: see their \"error\"",
                summary.refused, summary.lines
            ));
            Ok(ExitCode::from(2))
        }
        Ok(_) if refused > 0 => Ok(ExitCode::from(2)),
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(closed) if closed.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}

fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    Ok(BufReader::new(file))
}
