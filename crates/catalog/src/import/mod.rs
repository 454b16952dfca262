//! Reads what a seller brings in files: price limits and price lists; refuses to store or apply anything.
