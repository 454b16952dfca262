//! The plain commands without the program: `lines understand` and `lines phone` answer standard input. Refuses other words.

use sauda_messages::command::{Asked, run_lines};

fn main() -> std::io::Result<()> {
    let asked = match std::env::args().nth(1).as_deref() {
        Some("phone") => Asked::Phones,
        _ => Asked::Meaning,
    };
    run_lines(asked, std::io::stdin().lock(), std::io::stdout().lock()).map(|_| ())
}
