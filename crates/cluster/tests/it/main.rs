//! Shared state: the same tests over memory and Redis.

#[cfg(test)]
mod budgets;
#[cfg(test)]
mod holding;
#[cfg(test)]
mod outage;
#[cfg(test)]
mod places;
#[cfg(test)]
mod speed;
