-- owner: pricing. A change of many offers goes part by part: what is wanted of each, what was before, how far it is.
CREATE TABLE bulk_parts (
    -- Which change.
    bulk_id TEXT NOT NULL,
    -- Which part of it, from 0.
    part INTEGER NOT NULL,
    -- How many offers it holds.
    offers INTEGER NOT NULL,
    -- What is wanted of each offer, JSON compressed with zstd; null once it is done.
    wanted BLOB,
    -- What to put back, JSON compressed with zstd; null until it is done.
    before BLOB,
    -- Offers that were refused with their reasons, JSON compressed with zstd; null until it is done.
    refusals BLOB,
    -- When it was done; null until then.
    done_at INTEGER,
    -- When it was put back; null otherwise.
    undone_at INTEGER,
    PRIMARY KEY (bulk_id, part)
) STRICT;
INSERT INTO bulk_parts (bulk_id, part, offers, before, refusals, done_at, undone_at)
    SELECT id, 0, changed + unchanged + refused, before, refusals, made_at, undone_at FROM bulks;

ALTER TABLE bulks DROP COLUMN before;
ALTER TABLE bulks DROP COLUMN refusals;
-- Offers that it is for.
ALTER TABLE bulks ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
-- When it was through; null while it goes on.
ALTER TABLE bulks ADD COLUMN finished_at INTEGER;
-- Who put it back, by name; null otherwise.
ALTER TABLE bulks ADD COLUMN undone_by TEXT;
-- Offers that were put back.
ALTER TABLE bulks ADD COLUMN put_back INTEGER NOT NULL DEFAULT 0;
-- When all were put back; null otherwise.
ALTER TABLE bulks ADD COLUMN undo_finished_at INTEGER;
UPDATE bulks SET total = changed + unchanged + refused, finished_at = made_at, undo_finished_at = undone_at;
