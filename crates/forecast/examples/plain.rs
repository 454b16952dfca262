//! `sauda forecast` alone, without the rest of the program: for measuring. Refuses other options than `--threads`.

use sauda_forecast::command::{Options, run};
use std::io::BufWriter;

fn main() -> std::io::Result<()> {
    let threads = std::env::args()
        .skip_while(|argument| argument != "--threads")
        .nth(1);
    let options = Options {
        threads: threads.and_then(|threads| threads.parse().ok()),
        ..Options::default()
    };
    run(
        std::io::stdin().lock(),
        BufWriter::new(std::io::stdout().lock()),
        &options,
    )
    .map(|_| ())
}
