//! The ledger, orders, purchases and counting on both engines.

#[cfg(test)]
mod buying;
#[cfg(test)]
mod costs;
#[cfg(test)]
mod foresee;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod paid_in;
#[cfg(test)]
mod pasts;
#[cfg(test)]
mod purchases;
#[cfg(test)]
mod shed;
