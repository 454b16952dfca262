//! Files of every kind and of every ill will, read and checked; no file here is larger than what a test makes itself.

#[cfg(test)]
mod checks;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod large;
#[cfg(test)]
mod make;
#[cfg(test)]
mod make_xls;
#[cfg(test)]
mod price_lists;
#[cfg(test)]
mod products;
#[cfg(test)]
mod random;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod workbooks;
