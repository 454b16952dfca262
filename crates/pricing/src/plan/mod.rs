//! When to look and what to send first: plans for the two scarce budgets. Refuses to look or to send.

mod checks;
mod pace;
mod pushes;

pub use checks::{Bounds, CheckPlan, Demand, Throttle, first_check, multiplier_for, next_check};
pub use pace::{Look, WatchPace, WeekShape};
pub use pushes::{PendingChange, PushCall, cost_of_lateness, rank};
