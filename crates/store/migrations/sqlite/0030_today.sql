-- owner: catalog. Rows of Today that are counted anew at each look and that a person put off.
CREATE TABLE put_off (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of which shop.
    shop_id TEXT NOT NULL,
    -- Which row: the word of its text.
    word TEXT NOT NULL,
    -- When it comes back; null: when a person brings it back.
    until INTEGER,
    PRIMARY KEY (merchant_id, shop_id, word)
) STRICT;
