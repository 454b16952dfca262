//! The tax of a period by regime and date, and how near its thresholds are. An estimate: refuses to be a declaration.

mod estimate;
mod period;
mod threshold;

pub use estimate::{Due, Estimate, TaxError, TaxNote, TaxPart, TaxQuestion, estimate};
pub use period::Period;
pub use threshold::{Threshold, ThresholdState};
