-- owner: messages. Files that buyers send, how far answers reached their orders, addresses of letters that were confirmed.
CREATE TABLE message_files (
    -- The message it came with.
    message_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- In which talk.
    talk_id TEXT COLLATE "C" NOT NULL,
    -- The line it came by.
    line_id TEXT COLLATE "C" NOT NULL,
    -- Where the server holds it for some minutes; null once it is over.
    url TEXT COLLATE "C",
    -- Its type as the server told it, and as its bytes say once they are here.
    mime TEXT COLLATE "C" NOT NULL,
    -- Its name; empty when it has none.
    file_name TEXT COLLATE "C" NOT NULL,
    -- How it stands: to be fetched, kept, refused by our rules, lost, or deleted after its time.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'kept', 'refused', 'lost', 'expired')),
    -- Why it is not here, a word; null when nothing is wrong.
    trouble TEXT COLLATE "C",
    -- Its bytes; null while they are not here.
    bytes BYTEA,
    -- How many they are, also of what was deleted; null before.
    size_bytes BIGINT,
    -- How often it was tried.
    tries BIGINT NOT NULL,
    -- When to try (again); null once it is over.
    next_at BIGINT,
    -- When it came.
    came_at BIGINT NOT NULL
);
CREATE INDEX message_files_due ON message_files (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX message_files_of ON message_files (talk_id);
CREATE INDEX message_files_kept ON message_files (state, came_at);

-- Up to which moment of answering the order was told; null before.
ALTER TABLE message_asks ADD COLUMN taken_at BIGINT;
CREATE INDEX message_asks_answered ON message_asks (replied_at) WHERE replied_at IS NOT NULL;

CREATE TABLE team_mails (
    -- Whose team.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Who gets letters there.
    user_id TEXT COLLATE "C" NOT NULL,
    -- The address, small letters.
    address TEXT COLLATE "C" NOT NULL,
    -- The word of the link that confirms it, hashed; null once it was used.
    word_hash TEXT COLLATE "C",
    -- When the link was sent last.
    asked_at BIGINT NOT NULL,
    -- Until when the link may be used.
    expires_at BIGINT NOT NULL,
    -- When it was confirmed; null before.
    confirmed_at BIGINT,
    PRIMARY KEY (merchant_id, user_id, address)
);
CREATE UNIQUE INDEX team_mails_by_word ON team_mails (word_hash) WHERE word_hash IS NOT NULL;
