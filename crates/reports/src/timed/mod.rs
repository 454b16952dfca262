//! Reports that are made by themselves: when they are due, for whom, made once, kept. Refuses to count: composing asks the rooms that know.

mod declare;
mod desk;
mod made;
mod make;
mod model;
mod paper;
mod people;
mod rhythm;

pub use declare::FromFile;
pub use desk::ReportPlans;
pub use made::{Kept, MadeFilter, Sent};
pub use make::{MAKE_JOB, MakeJob, PlanKeeper};
pub use model::{
    Frequency, MOST_PLANS, Made, MadeId, MadeState, NewPlan, Plan, PlanId, PlanKind, Recipient, Unsent, Who,
};
pub use paper::{Paper, PaperBar, PaperBlock, PaperFact};
pub use people::places;
pub use rhythm::{Claim, Rhythm};
