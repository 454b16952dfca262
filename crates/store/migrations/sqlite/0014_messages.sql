-- owner: messages. What buyers are told and answer: lines, talks, messages, those who asked for silence, templates, settings.
CREATE TABLE message_lines (
    -- lin_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Address of the WhatsApp server.
    server TEXT NOT NULL,
    -- Its key, sealed.
    server_key TEXT NOT NULL,
    -- Name of the line at the server.
    name TEXT NOT NULL,
    -- How it stands, as it was heard last.
    state TEXT NOT NULL,
    -- Since when it stands so.
    state_at INTEGER NOT NULL,
    -- The linked number, digits; null before.
    number TEXT,
    -- How it calls itself to buyers; null when unknown.
    display_name TEXT,
    -- Unguessable word of the address that its events come to.
    hook_word TEXT NOT NULL UNIQUE,
    -- Key that its events are signed with, sealed.
    hook_key TEXT NOT NULL,
    -- When it was added.
    added_at INTEGER NOT NULL,
    -- Since when this number is linked: a new one begins slowly; null before the first.
    new_since INTEGER,
    -- Word of the last trouble; null when there is none.
    trouble TEXT,
    -- Its text.
    trouble_text TEXT,
    -- When the trouble came.
    trouble_at INTEGER,
    -- When to ask how it stands; null once it was taken away.
    look_at INTEGER,
    -- Nothing is sent before; null when nothing holds it.
    send_at INTEGER,
    -- When it was taken away; null while it is there.
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX message_lines_once ON message_lines (server, name) WHERE removed_at IS NULL;
CREATE INDEX message_lines_of ON message_lines (merchant_id);
CREATE INDEX message_lines_to_look_at ON message_lines (look_at) WHERE look_at IS NOT NULL;

CREATE TABLE message_shops (
    -- Which shop.
    shop_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- The line it writes by; null when it does not.
    line_id TEXT,
    -- Hours, numbers a day and quiet days, JSON of this room.
    limits TEXT NOT NULL,
    -- What buyers are written about, JSON of this room.
    triggers TEXT NOT NULL,
    -- When it was changed.
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_shops_by_line ON message_shops (line_id);

CREATE TABLE message_talks (
    -- tlk_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- With which shop.
    shop_id TEXT NOT NULL,
    -- The line it goes over; null before the first message.
    line_id TEXT,
    -- Phone of the buyer, digits; null when it is hidden or was erased.
    phone TEXT,
    -- The channel's own key of the talk; null before it was asked for.
    chat TEXT,
    -- Name of the buyer; empty when unknown or erased.
    name TEXT NOT NULL,
    -- Language the buyer writes in.
    language TEXT NOT NULL CHECK (language IN ('ru', 'kk')),
    -- Number of the order it is about last; null for none.
    order_code TEXT,
    -- When something was said last.
    last_at INTEGER NOT NULL,
    -- The beginning of it.
    last_text TEXT NOT NULL,
    -- It was ours.
    last_ours INTEGER NOT NULL CHECK (last_ours IN (0, 1)),
    -- Messages of the buyer that nobody has seen.
    unread INTEGER NOT NULL DEFAULT 0,
    -- A person has to look.
    needs_person INTEGER NOT NULL CHECK (needs_person IN (0, 1)),
    -- Folded words for searches: name, number of the order.
    fold TEXT NOT NULL,
    UNIQUE (shop_id, phone),
    UNIQUE (shop_id, chat)
) STRICT;
CREATE INDEX message_talks_of ON message_talks (shop_id, last_at);
CREATE INDEX message_talks_by_chat ON message_talks (line_id, chat);

CREATE TABLE messages (
    -- msg_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of which shop.
    shop_id TEXT NOT NULL,
    -- In which talk.
    talk_id TEXT NOT NULL,
    -- The line it came by or leaves by; null while it waits for one.
    line_id TEXT,
    -- It is ours.
    is_ours INTEGER NOT NULL CHECK (is_ours IN (0, 1)),
    -- How far it came.
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unclear', 'cancelled', 'received')),
    -- Stands for once: an order and its event, or the channel's id; its own id for what people write.
    once_key TEXT NOT NULL UNIQUE,
    -- The words.
    body TEXT NOT NULL,
    -- What came with it: address, type, name, size; JSON of this room; null for none.
    media TEXT,
    -- Number of its order; null for none.
    order_code TEXT,
    -- What it is about; null for what people write.
    about TEXT,
    -- Key and version of its template; null for none.
    template TEXT,
    -- Name of the person who wrote it; empty for the program and for buyers.
    written_by TEXT NOT NULL,
    -- When it was written or came.
    created_at INTEGER NOT NULL,
    -- Not to be sent before.
    due_at INTEGER NOT NULL,
    -- When to take it up again; null when it is over.
    next_at INTEGER,
    -- Id that was reserved for it; null when the server gives none.
    reserved_id TEXT,
    -- Last part of the channel's id; null before.
    channel_id TEXT,
    -- When it was sent, or was tried last; null before.
    sent_at INTEGER,
    -- When the phone of the buyer had it.
    delivered_at INTEGER,
    -- When it was read.
    read_at INTEGER,
    -- How often it was sent.
    tries INTEGER NOT NULL DEFAULT 0,
    -- How often it was looked for since.
    looks INTEGER NOT NULL DEFAULT 0,
    -- Word of the trouble; null when there is none.
    trouble TEXT,
    -- Its text.
    trouble_text TEXT
) STRICT;
CREATE INDEX messages_of ON messages (talk_id, created_at);
CREATE INDEX messages_next ON messages (shop_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX messages_by_channel ON messages (line_id, channel_id);
CREATE INDEX messages_by_reserved ON messages (line_id, reserved_id);
CREATE INDEX messages_by_sending ON messages (line_id, sent_at);
CREATE INDEX messages_by_order ON messages (shop_id, order_code);

CREATE TABLE message_silences (
    -- Who does not want to be written to.
    merchant_id TEXT NOT NULL,
    -- Phone in digits, or the channel's key of the talk.
    who TEXT NOT NULL,
    -- Since when.
    at INTEGER NOT NULL,
    -- The message that asked for it; null when a person noted it.
    message_id TEXT,
    -- Name of the person who noted it; empty for the buyer's own word.
    noted_by TEXT NOT NULL,
    PRIMARY KEY (merchant_id, who)
) STRICT;

CREATE TABLE message_asks (
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- About which order.
    order_code TEXT NOT NULL,
    -- In which talk.
    talk_id TEXT NOT NULL,
    -- The question.
    message_id TEXT NOT NULL,
    -- The size that was asked about; empty when none was named.
    size TEXT NOT NULL,
    -- When it was asked.
    asked_at INTEGER NOT NULL,
    -- What the buyer answered; null before.
    reply TEXT CHECK (reply IN ('yes', 'no', 'other_size', 'measurements', 'unclear')),
    -- The answer's values, JSON of this room; null before.
    reply_values TEXT,
    -- When.
    replied_at INTEGER,
    PRIMARY KEY (shop_id, order_code)
) STRICT;
CREATE INDEX message_asks_of ON message_asks (talk_id, asked_at);

CREATE TABLE message_templates (
    -- Of which shop.
    shop_id TEXT NOT NULL,
    -- What it is about, or a word of its own.
    key TEXT NOT NULL,
    -- From 1; the highest counts, the others stay.
    version INTEGER NOT NULL,
    -- How people call it; empty for those that stand for what they are about.
    name TEXT NOT NULL,
    -- The Russian text.
    ru TEXT NOT NULL,
    -- The Kazakh text.
    kk TEXT NOT NULL,
    -- Who wrote this version, by name.
    changed_by TEXT NOT NULL,
    -- When.
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (shop_id, key, version)
) STRICT;

CREATE TABLE message_events (
    -- Of which line.
    line_id TEXT NOT NULL,
    -- The server's own id; the same for a repetition.
    event_id TEXT NOT NULL,
    -- The body as it came.
    body TEXT NOT NULL,
    -- When it came.
    received_at INTEGER NOT NULL,
    -- When to take it up; null once it was.
    next_at INTEGER,
    -- How often it was taken up.
    tries INTEGER NOT NULL DEFAULT 0,
    -- Why nothing came of it; null when something did.
    trouble TEXT,
    PRIMARY KEY (line_id, event_id)
) STRICT;
CREATE INDEX message_events_next ON message_events (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX message_events_by_time ON message_events (received_at);

CREATE TABLE message_marks (
    -- What was read up to here.
    name TEXT NOT NULL PRIMARY KEY,
    -- The last thing that was read.
    place TEXT NOT NULL
) STRICT;
