//! Files of every kind and of every ill will, read and checked; no file here is larger than what a test makes itself.

mod checks;
mod hostile;
mod large;
mod make;
mod make_xls;
mod price_lists;
mod random;
mod texts;
mod workbooks;
