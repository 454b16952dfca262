//! The advice: from a buyer and a piece to a size, its chances and up to three reasons, or an honest "no data". Refuses to keep
//! or to send anything.

mod answer;
mod by_tables;
mod learned;
mod question;
mod reason;
mod scale;

pub use answer::{Advice, NoData, Problem, SizeChance, Verdict, Way};
pub use question::{Garment, Question, Sold};
pub use reason::{Arg, Reason};
pub use scale::guess;
pub(crate) use scale::kind_of;

use crate::chart::Charts;
use crate::learned::{Model, Params};
use crate::outcomes::Outcomes;
use crate::size::Scale;

/// All that advice is made from: the lesson, a shop's outcomes, its size tables.
#[derive(Debug, Clone, Copy)]
pub struct Advisor<'a> {
    model: Model<'a>,
    outcomes: &'a Outcomes,
    charts: &'a Charts,
}

impl<'a> Advisor<'a> {
    #[must_use]
    pub fn new(outcomes: &'a Outcomes, charts: &'a Charts) -> Self {
        Self {
            model: Model::new(Params::builtin()),
            outcomes,
            charts,
        }
    }

    /// Answers one question.
    ///
    /// # Errors
    /// A body that nobody has, a size that its system or table does not hold.
    pub fn advise(&self, question: &Question) -> Result<Advice, Problem> {
        question.buyer.check().map_err(Problem::Body)?;
        let garment = &question.garment;
        let gender = scale::gender(question);
        let chart = garment.chart.as_ref().or_else(|| {
            let gender = gender.map(crate::size::Gender::word);
            let [item, brand, category] =
                [&garment.item, &garment.brand, &garment.category].map(Option::as_deref);
            self.charts.find(item, brand, category, gender)
        });
        if let Some(chart) = chart {
            return by_tables::by_chart(self, question, chart, gender);
        }
        let Some(system) = scale::system(question, gender, self.outcomes) else {
            return Ok(Advice::nothing(NoData::UnknownSystem));
        };
        match system.scale(gender) {
            Scale::Dress => learned::advise(self, question, system),
            scale => by_tables::advise(self, question, system, scale, gender),
        }
    }
}
