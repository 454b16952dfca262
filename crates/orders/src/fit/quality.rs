//! How good a shop's advices were: counted from what was advised, bought, corrected and kept. Refuses to count what nobody knows
//! as good.

use crate::{
    Orders, OrdersError,
    fit::{Correction, FitSource, FitWord, model::same_size},
    store::fit_advices::{self, Judged},
};
use sauda_accounts::Scope;
use sauda_kernel::{ShopId, Span, Timestamp};

/// How far back is counted.
const BACK: Span = Span::from_days(180);
/// Lines that are counted at most.
const MOST: i64 = 20_000;
/// Corrections that a page lists.
const CORRECTIONS: i64 = 50;

/// How pieces sat, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sat {
    pub small: i64,
    pub fit: i64,
    pub large: i64,
    /// Came back, and nobody said why.
    pub returned: i64,
}

impl Sat {
    pub const fn all(&self) -> i64 {
        self.small + self.fit + self.large + self.returned
    }

    /// How many of a hundred sat; none when nothing is known.
    pub const fn percent(&self) -> Option<i64> {
        match self.all() {
            0 => None,
            all => Some((self.fit * 100 + all / 2) / all),
        }
    }

    fn add(&mut self, fit: FitWord) {
        match fit {
            FitWord::Small => self.small += 1,
            FitWord::Fit => self.fit += 1,
            FitWord::Large => self.large += 1,
            FitWord::Returned => self.returned += 1,
        }
    }
}

/// One line that was advised, for the list and the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedLine {
    pub code: String,
    pub line: i64,
    pub item: String,
    pub asked: String,
    pub size: Option<String>,
    pub percent: Option<i64>,
    pub at: Timestamp,
    /// The size that the buyer had, how it sat and from where that is known.
    pub outcome: Option<(String, FitWord, FitSource)>,
}

/// How good the advices of a shop were.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quality {
    /// Lines with a size, and those without data.
    pub advised: i64,
    pub no_data: i64,
    /// The mean chance that was told, percent; none without advices.
    pub told: Option<i64>,
    /// All outcomes.
    pub sat: Sat,
    /// Where the buyer had the advised size.
    pub followed: Sat,
    /// Where the buyer had another one.
    pub other: Sat,
    /// The newest first.
    pub corrections: Vec<(String, Correction)>,
    pub lines: Vec<JudgedLine>,
}

impl Orders {
    /// How good the advices of a shop were in the last half year.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn size_quality(&self, scope: &Scope, shop: &ShopId) -> Result<Quality, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let since = self.clock.now().minus(BACK);
        let judged = fit_advices::judged(&self.db, shop, since, MOST).await?;
        let corrections = fit_advices::last_corrections(&self.db, shop, since, CORRECTIONS).await?;
        Ok(count(judged.into_iter().map(line).collect(), corrections))
    }
}

fn line(row: Judged) -> JudgedLine {
    let outcome = match (row.had, row.fit, row.source) {
        (Some(had), Some(fit), Some(source)) => FitWord::parse(&fit)
            .zip(FitSource::parse(&source))
            .map(|(fit, source)| (had, fit, source)),
        _ => None,
    };
    JudgedLine {
        code: row.code,
        line: row.line,
        item: row.item,
        asked: row.asked,
        size: row.size,
        percent: row.percent,
        at: row.at,
        outcome,
    }
}

fn count(lines: Vec<JudgedLine>, corrections: Vec<(String, Correction)>) -> Quality {
    let mut quality = Quality::default();
    let (mut told, mut many) = (0, 0);
    for line in &lines {
        match &line.size {
            Some(_) => quality.advised += 1,
            None => quality.no_data += 1,
        }
        if let Some(percent) = line.percent {
            (told, many) = (told + percent, many + 1);
        }
        let Some((had, fit, _)) = &line.outcome else {
            continue;
        };
        quality.sat.add(*fit);
        match &line.size {
            Some(size) if same_size(size, had) => quality.followed.add(*fit),
            Some(_) => quality.other.add(*fit),
            None => {}
        }
    }
    quality.told = (many > 0).then(|| (told + many / 2) / many.max(1));
    Quality {
        corrections,
        lines,
        ..quality
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(size: Option<&str>, percent: Option<i64>, outcome: Option<(&str, FitWord)>) -> JudgedLine {
        JudgedLine {
            code: "1".to_owned(),
            line: 0,
            item: "a".to_owned(),
            asked: "M".to_owned(),
            size: size.map(str::to_owned),
            percent,
            at: Timestamp::from_micros(0),
            outcome: outcome.map(|(had, fit)| (had.to_owned(), fit, FitSource::Person)),
        }
    }

    #[test]
    fn advices_that_were_followed_are_counted_apart() {
        let quality = count(
            vec![
                one(Some("L"), Some(80), Some(("L", FitWord::Fit))),
                one(Some("L"), Some(70), Some(("M", FitWord::Small))),
                one(None, None, Some(("M", FitWord::Returned))),
                one(Some("S"), None, None),
            ],
            Vec::new(),
        );
        assert_eq!((quality.advised, quality.no_data, quality.told), (3, 1, Some(75)));
        assert_eq!(
            quality.sat,
            Sat {
                small: 1,
                fit: 1,
                large: 0,
                returned: 1
            }
        );
        assert_eq!(quality.sat.percent(), Some(33));
        assert_eq!(
            (quality.followed.percent(), quality.other.percent()),
            (Some(100), Some(0))
        );
        assert_eq!(Sat::default().percent(), None);
    }
}
