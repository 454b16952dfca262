//! What to order and when: rules over numbers. Refuses databases, clocks and shops.

mod batch;
mod budget;
mod classes;
mod digest;
mod float;
mod history;
mod level;
mod plan;
mod special;
mod spread;
pub mod trial;

pub use batch::{Batch, Break, Costs, Holding, Offer, cheapest, yearly};
pub use budget::{Wish, share_out};
pub use classes::{DEAD_AFTER_DAYS, Idle, Steadiness, Worth, idle, quiet_days, steadiness, worths};
pub use digest::Digest;
pub use float::rounded;
pub(crate) use float::{count, float, whole};
pub use history::{Day, Estimate, Weighing, estimate, moments, sums};
pub use level::{Exposure, Shortage, Target};
pub use plan::{BatchReason, Demand, Facts, Gap, LeadTime, Plan, Restraint, Standing, plan};
pub use spread::{Law, Spread, fitting};
