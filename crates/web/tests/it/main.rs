//! Tests of the pages as a whole.

mod pages;
