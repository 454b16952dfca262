-- owner: economics. Calculations that were kept, rates that a merchant set in the place of published ones, how the merchant is taxed.
CREATE TABLE money_calculations (
    -- clc_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- What people call it.
    title TEXT COLLATE "C" NOT NULL,
    -- The whole question as the calculator's address carries it.
    query TEXT COLLATE "C" NOT NULL,
    -- Kept on top.
    favourite BOOLEAN NOT NULL,
    -- Who kept it, by name.
    made_by TEXT COLLATE "C" NOT NULL,
    -- When.
    made_at BIGINT NOT NULL
);
CREATE INDEX money_calculations_of ON money_calculations (merchant_id, made_at);

CREATE TABLE money_rates (
    -- rat_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- What it stands in the place of.
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('commission', 'tax', 'advertising', 'returns', 'payment', 'packaging')),
    -- The category of a commission, folded; empty for all and for other kinds.
    subject TEXT COLLATE "C" NOT NULL,
    -- Basis points; tiyn for packaging.
    value BIGINT NOT NULL,
    -- The first day on which it holds, 2026-11-20; it holds until the next of its kind and subject.
    from_day TEXT COLLATE "C" NOT NULL,
    -- Where it is from.
    source TEXT COLLATE "C" NOT NULL,
    -- What the merchant wants to remember.
    note TEXT COLLATE "C" NOT NULL,
    -- Who set it, by name.
    set_by TEXT COLLATE "C" NOT NULL,
    -- When.
    set_at BIGINT NOT NULL,
    UNIQUE (merchant_id, kind, subject, from_day)
);

CREATE TABLE money_taxpayers (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
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
    set_at BIGINT NOT NULL
);
