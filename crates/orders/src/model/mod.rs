//! What an order is here: where it stands, until when something is due, what may be done.

mod act;
mod day;
mod document;
mod pick;
mod returned;
pub mod rules;
mod stage;
mod way;

pub use act::{Act, ActKind, CommandState, NotNow};
pub use day::{DayReport, DaySettings, DayState, DayStep, DayWrong, ItemState, LowStock, StepState};
pub use document::{Document, Line, Order, Seen};
pub use pick::PickState;
pub use returned::{Condition, ReturnDocument, ReturnMark, ReturnView, Returned, until};
pub use stage::{Stage, View};
pub use way::Way;
