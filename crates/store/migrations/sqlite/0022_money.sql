-- owner: economics. Calculations that were kept, rates that a merchant set in the place of published ones, how the merchant is taxed.
CREATE TABLE money_calculations (
    -- clc_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- What people call it.
    title TEXT NOT NULL,
    -- The whole question as the calculator's address carries it.
    query TEXT NOT NULL,
    -- Kept on top.
    favourite INTEGER NOT NULL CHECK (favourite IN (0, 1)),
    -- Who kept it, by name.
    made_by TEXT NOT NULL,
    -- When.
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX money_calculations_of ON money_calculations (merchant_id, made_at);

CREATE TABLE money_rates (
    -- rat_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- What it stands in the place of.
    kind TEXT NOT NULL CHECK (kind IN ('commission', 'tax', 'advertising', 'returns', 'payment', 'packaging')),
    -- The category of a commission, folded; empty for all and for other kinds.
    subject TEXT NOT NULL,
    -- Basis points; tiyn for packaging.
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

CREATE TABLE money_taxpayers (
    -- Whose.
    merchant_id TEXT NOT NULL PRIMARY KEY,
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
    set_at INTEGER NOT NULL
) STRICT;
