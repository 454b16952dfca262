//! Rules of size advice from outside: the plain command, the facts' tables, laws for random inputs.

#[cfg(test)]
mod command;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod sense;
