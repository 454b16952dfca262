//! market-kaspi.
