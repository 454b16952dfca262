//! Tests of the pages as a whole.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod files;
#[cfg(test)]
mod house;
#[cfg(test)]
mod live;
#[cfg(test)]
mod market;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod money;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod pages;
#[cfg(test)]
#[path = "../../../testkit/shared/post.rs"]
mod post;
#[cfg(test)]
mod prices;
#[cfg(test)]
mod print;
mod product;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod returns;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod stall;
#[cfg(test)]
mod stock;
#[cfg(test)]
mod stock_forms;
#[cfg(test)]
mod team;
#[cfg(test)]
mod today;
#[cfg(test)]
mod wire;
