-- owner: pricing. A change of many offers goes part by part: what is wanted of each, what was before, how far it is.
CREATE TABLE bulk_parts (
    -- Which change.
    bulk_id TEXT COLLATE "C" NOT NULL,
    -- Which part of it, from 0.
    part BIGINT NOT NULL,
    -- How many offers it holds.
    offers BIGINT NOT NULL,
    -- What is wanted of each offer, JSON compressed with zstd; null once it is done.
    wanted BYTEA,
    -- What to put back, JSON compressed with zstd; null until it is done.
    before BYTEA,
    -- Offers that were refused with their reasons, JSON compressed with zstd; null until it is done.
    refusals BYTEA,
    -- When it was done; null until then.
    done_at BIGINT,
    -- When it was put back; null otherwise.
    undone_at BIGINT,
    PRIMARY KEY (bulk_id, part)
);
INSERT INTO bulk_parts (bulk_id, part, offers, before, refusals, done_at, undone_at)
    SELECT id, 0, changed + unchanged + refused, before, refusals, made_at, undone_at FROM bulks;

ALTER TABLE bulks DROP COLUMN before;
ALTER TABLE bulks DROP COLUMN refusals;
-- Offers that it is for.
ALTER TABLE bulks ADD COLUMN total BIGINT NOT NULL DEFAULT 0;
-- When it was through; null while it goes on.
ALTER TABLE bulks ADD COLUMN finished_at BIGINT;
-- Who put it back, by name; null otherwise.
ALTER TABLE bulks ADD COLUMN undone_by TEXT;
-- Offers that were put back.
ALTER TABLE bulks ADD COLUMN put_back BIGINT NOT NULL DEFAULT 0;
-- When all were put back; null otherwise.
ALTER TABLE bulks ADD COLUMN undo_finished_at BIGINT;
UPDATE bulks SET total = changed + unchanged + refused, finished_at = made_at, undo_finished_at = undone_at;
