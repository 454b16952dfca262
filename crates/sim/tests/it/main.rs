//! The pretend world from outside, over plain HTTP. Refuses to use any client of ours.

#[cfg(test)]
mod caller;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod price_list;
#[cfg(test)]
mod shape;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod storefront;
#[cfg(test)]
mod telegram;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod whatsapp;
#[cfg(test)]
mod world;
