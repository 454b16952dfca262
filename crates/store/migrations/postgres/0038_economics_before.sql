-- owner: pricing. What a shop counted with before its settings were changed: sales until then keep it.
CREATE TABLE shop_economics_before (
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Until when it held.
    until_at BIGINT NOT NULL,
    -- As in shop_settings.
    economics TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (shop_id, until_at)
);
