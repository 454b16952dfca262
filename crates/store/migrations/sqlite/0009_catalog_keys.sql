-- owner: catalog. Keys of shops to the marketplace's official interface.
CREATE TABLE shop_keys (
    -- Which shop.
    shop_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- The key itself, sealed.
    key_sealed TEXT NOT NULL,
    -- Its last letters, for people.
    key_end TEXT NOT NULL,
    -- Whether the marketplace takes it.
    state TEXT NOT NULL CHECK (state IN ('new', 'works', 'refused')),
    -- Since when.
    state_since INTEGER NOT NULL,
    -- Who gave it, by name.
    given_by TEXT NOT NULL,
    -- When.
    given_at INTEGER NOT NULL
) STRICT;
