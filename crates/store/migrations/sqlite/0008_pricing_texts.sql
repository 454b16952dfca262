-- owner: pricing. How often the texts of a shop's places changed: who keeps them in memory sees whether they are still true.
CREATE TABLE place_texts (
    -- Which shop.
    shop_id TEXT NOT NULL PRIMARY KEY,
    -- Changes until now.
    version INTEGER NOT NULL
) STRICT;
