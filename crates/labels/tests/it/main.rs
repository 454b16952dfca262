//! Papers as others see them: their marks, their codes, their files. Refuses to look inside.

mod codes;
mod places;
mod samples;
