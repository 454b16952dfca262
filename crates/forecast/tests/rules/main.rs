//! Rules of forecasts from outside: the plain command, laws for random histories, prices.

#[cfg(test)]
mod command;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod sense;
