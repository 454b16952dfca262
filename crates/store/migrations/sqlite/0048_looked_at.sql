-- owner: research. Cards of the market that somebody asked about: what their pages said, so that the same page is not asked for twice a day.
CREATE TABLE research_looks (
    -- Whose question it was.
    merchant_id TEXT NOT NULL,
    -- Number of the card.
    card TEXT NOT NULL,
    -- City whose price it is.
    city TEXT NOT NULL,
    -- What the card is called.
    title TEXT NOT NULL,
    -- Categories from the widest to the narrowest, JSON.
    path TEXT NOT NULL,
    -- Lowest price, whole tenge; null when nobody sells it.
    price INTEGER,
    -- When the page was read.
    at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, card, city)
) STRICT;
