-- owner: economics. Own fees of delivery stand beside the other rates of a merchant.
CREATE TABLE money_rates_more (
    -- rat_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- What it stands in the place of.
    kind TEXT NOT NULL CHECK (kind IN ('commission', 'tax', 'advertising', 'returns', 'payment', 'packaging', 'delivery', 'currency')),
    -- The category of a commission, folded; the class of packaging; the band of a delivery; the code of a currency; empty for all and for other kinds.
    subject TEXT NOT NULL,
    -- Basis points; tiyn for packaging and deliveries; millionths of a tenge for one of a currency.
    value INTEGER NOT NULL,
    -- The first day on which it holds, 2026-11-20; it holds until the next of its kind and subject.
    from_day TEXT NOT NULL,
    -- Where it is from.
    source TEXT NOT NULL,
    -- What the merchant wants to remember.
    note TEXT NOT NULL,
    -- Who set it, by name.
    set_by TEXT NOT NULL,
    -- When.
    set_at INTEGER NOT NULL,
    UNIQUE (merchant_id, kind, subject, from_day)
) STRICT;
INSERT INTO money_rates_more (id, merchant_id, kind, subject, value, from_day, source, note, set_by, set_at)
    SELECT id, merchant_id, kind, subject, value, from_day, source, note, set_by, set_at FROM money_rates;
DROP TABLE money_rates;
ALTER TABLE money_rates_more RENAME TO money_rates;
