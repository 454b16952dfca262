-- owner: catalog. Keys of shops to the marketplace's official interface.
CREATE TABLE shop_keys (
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- The key itself, sealed.
    key_sealed TEXT COLLATE "C" NOT NULL,
    -- Its last letters, for people.
    key_end TEXT COLLATE "C" NOT NULL,
    -- Whether the marketplace takes it.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('new', 'works', 'refused')),
    -- Since when.
    state_since BIGINT NOT NULL,
    -- Who gave it, by name.
    given_by TEXT COLLATE "C" NOT NULL,
    -- When.
    given_at BIGINT NOT NULL
);
