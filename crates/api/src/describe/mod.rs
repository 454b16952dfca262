//! Routes and their description in one place: a route that is not described cannot be added. Refuses to serve anything.

mod document;
mod op;
mod parts;
mod routes;

pub(crate) use op::{Example, Op, op, open};
pub(crate) use routes::Routes;
