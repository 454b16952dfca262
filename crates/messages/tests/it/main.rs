//! Tests of the room as others use it: one binary.

#[cfg(test)]
mod accuracy;
#[cfg(test)]
mod command;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod phones;
#[cfg(test)]
mod replies;
#[cfg(test)]
mod team_desk;
#[cfg(test)]
mod team_links;
#[cfg(test)]
mod team_orders;
#[cfg(test)]
mod team_sending;
#[cfg(test)]
mod team_world;
#[cfg(test)]
mod templates;
