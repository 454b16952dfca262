//! What a merchant keeps of money, on both engines.

#[cfg(test)]
mod kept;
#[cfg(test)]
mod purse;
