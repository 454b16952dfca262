-- owner: pricing. What a shop counted with before its settings were changed: sales until then keep it.
CREATE TABLE shop_economics_before (
    -- Which shop.
    shop_id TEXT NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Until when it held.
    until_at INTEGER NOT NULL,
    -- As in shop_settings.
    economics TEXT NOT NULL,
    PRIMARY KEY (shop_id, until_at)
) STRICT;
