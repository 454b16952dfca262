-- owner: research. Cards of the market that somebody asked about: what their pages said, so that the same page is not asked for twice a day.
CREATE TABLE research_looks (
    -- Whose question it was.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Number of the card.
    card TEXT COLLATE "C" NOT NULL,
    -- City whose price it is.
    city TEXT COLLATE "C" NOT NULL,
    -- What the card is called.
    title TEXT COLLATE "C" NOT NULL,
    -- Categories from the widest to the narrowest, JSON.
    path TEXT COLLATE "C" NOT NULL,
    -- Lowest price, whole tenge; null when nobody sells it.
    price BIGINT,
    -- When the page was read.
    at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, card, city)
);
