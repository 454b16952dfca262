//! `sauda economics` and `sauda tax`: what a sale earns and what tax it makes. Needs no settings, no database.

use crate::logs;
use sauda_economics::command::{Asked, run_lines};
use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

/// Reads standard input line by line and answers each on standard output.
pub fn run(asked: Asked) -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    let summary = run_lines(asked, std::io::stdin().lock(), &mut output).and_then(|summary| {
        output.flush()?;
        Ok(summary)
    });
    match summary {
        Ok(summary) if summary.refused > 0 => {
            logs::complain(&format!(
                "{} of {} lines could not be answered: see their \"error\"",
                summary.refused, summary.lines
            ));
            Ok(ExitCode::from(2))
        }
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(closed) if closed.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}
