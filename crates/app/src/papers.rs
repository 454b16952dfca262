//! The eyes for papers that the orders room is given: the reader of the labels' room. Refuses to print.

use sauda_labels::{Limits, read};
use sauda_orders::Papers;

/// Opens waybills as they will be opened for printing.
pub struct Reader;

impl Papers for Reader {
    fn pages(&self, pdf: &[u8]) -> Result<usize, String> {
        let file = read(pdf, &Limits::default()).map_err(|broken| format!("{broken:?}"))?;
        let whole = file.pages.iter().filter(|page| page.is_ok()).count();
        if whole == 0 {
            return Err("it has no page that can be printed".to_owned());
        }
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_paper_is_told_before_it_is_printed() {
        for broken in [&b""[..], b"<html>no session</html>", b"%PDF-1.4 and no more"] {
            assert!(Reader.pages(broken).is_err());
        }
    }
}
