-- owner: economics. How a merchant is taxed holds from a day on: a new regime never counts the past anew.
CREATE TABLE money_taxpayers_by_day (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- The first day on which it holds, 2026-11-20; empty from the beginning.
    from_day TEXT NOT NULL,
    -- Word of the regime.
    regime TEXT NOT NULL CHECK (regime IN ('simplified', 'general_ip', 'llp', 'retail', 'self_employed')),
    -- Place of the simplified declaration; empty when not said.
    place TEXT NOT NULL,
    -- The local rate when the merchant knows it, basis points.
    rate INTEGER,
    -- Pays value added tax.
    vat_payer INTEGER NOT NULL CHECK (vat_payer IN (0, 1)),
    -- Who said so, by name.
    set_by TEXT NOT NULL,
    -- When.
    set_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, from_day)
) STRICT;
INSERT INTO money_taxpayers_by_day (merchant_id, from_day, regime, place, rate, vat_payer, set_by, set_at)
    SELECT merchant_id, '', regime, place, rate, vat_payer, set_by, set_at FROM money_taxpayers;
DROP TABLE money_taxpayers;
ALTER TABLE money_taxpayers_by_day RENAME TO money_taxpayers;
