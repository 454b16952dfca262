-- owner: stock. Promotions and what else moves demand: days on which goods were or will be promoted, and what was learned of them.
CREATE TABLE stock_promotions (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which product; empty for everything that the merchant sells.
    product_id TEXT COLLATE "C" NOT NULL,
    -- First day, counted from 1970 in Almaty.
    from_day BIGINT NOT NULL,
    -- Last day.
    to_day BIGINT NOT NULL,
    -- Who said so.
    made_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (merchant_id, product_id, from_day)
);
-- What a promotion multiplies demand by, thousandths; null while none was seen.
ALTER TABLE stock_forecasts ADD COLUMN promotion BIGINT;
-- What standing first in the card multiplies demand by, thousandths; null while it does not show.
ALTER TABLE stock_forecasts ADD COLUMN first_place BIGINT;
-- Share of the newest days that was first, thousandths; null together with it.
ALTER TABLE stock_forecasts ADD COLUMN first_share BIGINT;
