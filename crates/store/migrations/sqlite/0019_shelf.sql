-- owner: catalog. Where goods lie.
-- Shelf, rack or cell, as whoever packs calls it; null where nobody told.
ALTER TABLE products ADD COLUMN shelf TEXT;
