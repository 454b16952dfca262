-- owner: catalog. Rows of Today that are counted anew at each look and that a person put off.
CREATE TABLE put_off (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Which row: the word of its text.
    word TEXT COLLATE "C" NOT NULL,
    -- When it comes back; null: when a person brings it back.
    until BIGINT,
    PRIMARY KEY (merchant_id, shop_id, word)
);
