//! `sauda reorder`: the rules of reordering as a plain command. Needs no settings, no database.

use crate::logs;
use std::process::ExitCode;

/// Reads standard input line by line and answers each on standard output.
pub fn run() -> anyhow::Result<ExitCode> {
    let summary = sauda_stock::command::run_lines(std::io::stdin().lock(), std::io::stdout().lock());
    match summary {
        Ok(summary) if summary.refused > 0 => {
            logs::complain(&format!(
                "{} of {} lines could not be read: see their \"error\"",
                summary.refused, summary.lines
            ));
            Ok(ExitCode::from(2))
        }
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(closed) if closed.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}
