-- owner: economics. How a merchant is taxed holds from a day on: a new regime never counts the past anew.
CREATE TABLE money_taxpayers_by_day (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- The first day on which it holds, 2026-11-20; empty from the beginning.
    from_day TEXT COLLATE "C" NOT NULL,
    -- Word of the regime.
    regime TEXT COLLATE "C" NOT NULL CHECK (regime IN ('simplified', 'general_ip', 'llp', 'retail', 'self_employed')),
    -- Place of the simplified declaration; empty when not said.
    place TEXT COLLATE "C" NOT NULL,
    -- The local rate when the merchant knows it, basis points.
    rate BIGINT,
    -- Pays value added tax.
    vat_payer BOOLEAN NOT NULL,
    -- Who said so, by name.
    set_by TEXT COLLATE "C" NOT NULL,
    -- When.
    set_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, from_day)
);
INSERT INTO money_taxpayers_by_day (merchant_id, from_day, regime, place, rate, vat_payer, set_by, set_at)
    SELECT merchant_id, '', regime, place, rate, vat_payer, set_by, set_at FROM money_taxpayers;
DROP TABLE money_taxpayers;
ALTER TABLE money_taxpayers_by_day RENAME TO money_taxpayers;
