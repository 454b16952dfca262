//! The JSON interface in process: the real router and furniture over SQLite, a marketplace in memory.

#[cfg(test)]
mod automation;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod forecasts;
#[cfg(test)]
mod history;
#[cfg(test)]
mod house;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod market;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod offers;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod people;
#[cfg(test)]
#[path = "../../../testkit/shared/post.rs"]
mod post;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod products;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod shops;
#[cfg(test)]
mod stock;
#[cfg(test)]
mod team;
