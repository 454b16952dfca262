//! `sauda forecast`: demand forecasts as a plain command. Needs no settings, no database.

use crate::logs;
use clap::Args;
use sauda_forecast::command::{Options, run};
use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

/// What lines do not say themselves, and how to work.
#[derive(Debug, Args)]
pub struct ForecastArgs {
    /// Steps to look ahead where a line names none.
    #[arg(long)]
    horizon: Option<usize>,
    /// Quantiles where a line names none, such as `0.1,0.5,0.9`.
    #[arg(long, value_delimiter = ',')]
    quantiles: Option<Vec<f64>>,
    /// `daily`, `weekly` or `monthly`, for CSV whose dates do not show it.
    #[arg(long)]
    frequency: Option<String>,
    /// What a missing row means: `zero` or `unknown`.
    #[arg(long)]
    gaps: Option<String>,
    /// What sales below zero mean: `zero` or `unknown`.
    #[arg(long)]
    negatives: Option<String>,
    /// What two rows of one date mean: `sum` or `last`.
    #[arg(long)]
    duplicates: Option<String>,
    /// Read everything before the first answer, so that new products learn from others of their group.
    #[arg(long)]
    pool: bool,
    /// Threads; as many as processors without this.
    #[arg(long)]
    threads: Option<usize>,
}

/// Reads standard input and answers each line, or each series of a CSV, with a line on standard output.
pub fn run_command(args: ForecastArgs) -> anyhow::Result<ExitCode> {
    let options = Options {
        horizon: args.horizon,
        quantiles: args.quantiles,
        frequency: args.frequency,
        gaps: args.gaps,
        negatives: args.negatives,
        duplicates: args.duplicates,
        pool: args.pool,
        threads: args.threads,
    };
    let mut output = BufWriter::new(std::io::stdout().lock());
    let summary = run(std::io::stdin().lock(), &mut output, &options).and_then(|summary| {
        output.flush()?;
        Ok(summary)
    });
    match summary {
        Ok(summary) if summary.refused > 0 => {
            logs::complain(&format!(
                "{} of {} could not be forecast: see their \"error\"",
                summary.refused, summary.lines
            ));
            Ok(ExitCode::from(2))
        }
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(closed) if closed.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}
