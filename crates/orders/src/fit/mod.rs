//! Size advice for orders: what to advise, whom to believe, what was learned. Refuses to know how sizes follow from bodies, which
//! is the size advice's own matter, and to know anybody's phone.

mod advise;
mod asking;
mod judging;
mod late;
mod lessons;
pub mod model;
mod packed;
mod people;
mod piece;
pub mod quality;
mod reason;
mod table_file;
pub mod tables;

pub(crate) use advise::Batch;
pub(crate) use asking::Nobody;
pub use asking::{Answer, AskOutcome, Askers, Said};
pub use late::Told;
pub(crate) use lessons::Lessons;
pub use model::{
    Correction, FitSource, FitWord, FitWrong, LineFit, LineOutcome, Measures, NoAdvice, same_size,
    size_in_name,
};
pub use packed::{Packed, Packing};
