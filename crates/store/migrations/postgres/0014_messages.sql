-- owner: messages. What buyers are told and answer: lines, talks, messages, those who asked for silence, templates, settings.
CREATE TABLE message_lines (
    -- lin_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Address of the WhatsApp server.
    server TEXT COLLATE "C" NOT NULL,
    -- Its key, sealed.
    server_key TEXT COLLATE "C" NOT NULL,
    -- Name of the line at the server.
    name TEXT COLLATE "C" NOT NULL,
    -- How it stands, as it was heard last.
    state TEXT COLLATE "C" NOT NULL,
    -- Since when it stands so.
    state_at BIGINT NOT NULL,
    -- The linked number, digits; null before.
    number TEXT COLLATE "C",
    -- How it calls itself to buyers; null when unknown.
    display_name TEXT COLLATE "C",
    -- Unguessable word of the address that its events come to.
    hook_word TEXT COLLATE "C" NOT NULL UNIQUE,
    -- Key that its events are signed with, sealed.
    hook_key TEXT COLLATE "C" NOT NULL,
    -- When it was added.
    added_at BIGINT NOT NULL,
    -- Since when this number is linked: a new one begins slowly; null before the first.
    new_since BIGINT,
    -- Word of the last trouble; null when there is none.
    trouble TEXT COLLATE "C",
    -- Its text.
    trouble_text TEXT COLLATE "C",
    -- When the trouble came.
    trouble_at BIGINT,
    -- When to ask how it stands; null once it was taken away.
    look_at BIGINT,
    -- Nothing is sent before; null when nothing holds it.
    send_at BIGINT,
    -- When it was taken away; null while it is there.
    removed_at BIGINT
);
CREATE UNIQUE INDEX message_lines_once ON message_lines (server, name) WHERE removed_at IS NULL;
CREATE INDEX message_lines_of ON message_lines (merchant_id);
CREATE INDEX message_lines_to_look_at ON message_lines (look_at) WHERE look_at IS NOT NULL;

CREATE TABLE message_shops (
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- The line it writes by; null when it does not.
    line_id TEXT COLLATE "C",
    -- Hours, numbers a day and quiet days, JSON of this room.
    limits TEXT COLLATE "C" NOT NULL,
    -- What buyers are written about, JSON of this room.
    triggers TEXT COLLATE "C" NOT NULL,
    -- When it was changed.
    changed_at BIGINT NOT NULL
);
CREATE INDEX message_shops_by_line ON message_shops (line_id);

CREATE TABLE message_talks (
    -- tlk_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- With which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- The line it goes over; null before the first message.
    line_id TEXT COLLATE "C",
    -- Phone of the buyer, digits; null when it is hidden or was erased.
    phone TEXT COLLATE "C",
    -- The channel's own key of the talk; null before it was asked for.
    chat TEXT COLLATE "C",
    -- Name of the buyer; empty when unknown or erased.
    name TEXT COLLATE "C" NOT NULL,
    -- Language the buyer writes in.
    language TEXT COLLATE "C" NOT NULL CHECK (language IN ('ru', 'kk')),
    -- Number of the order it is about last; null for none.
    order_code TEXT COLLATE "C",
    -- When something was said last.
    last_at BIGINT NOT NULL,
    -- The beginning of it.
    last_text TEXT COLLATE "C" NOT NULL,
    -- It was ours.
    last_ours BOOLEAN NOT NULL,
    -- Messages of the buyer that nobody has seen.
    unread BIGINT NOT NULL DEFAULT 0,
    -- A person has to look.
    needs_person BOOLEAN NOT NULL,
    -- Folded words for searches: name, number of the order.
    fold TEXT COLLATE "C" NOT NULL,
    UNIQUE (shop_id, phone),
    UNIQUE (shop_id, chat)
);
CREATE INDEX message_talks_of ON message_talks (shop_id, last_at);
CREATE INDEX message_talks_by_chat ON message_talks (line_id, chat);

CREATE TABLE messages (
    -- msg_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- In which talk.
    talk_id TEXT COLLATE "C" NOT NULL,
    -- The line it came by or leaves by; null while it waits for one.
    line_id TEXT COLLATE "C",
    -- It is ours.
    is_ours BOOLEAN NOT NULL,
    -- How far it came.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unclear', 'cancelled', 'received')),
    -- Stands for once: an order and its event, or the channel's id; its own id for what people write.
    once_key TEXT COLLATE "C" NOT NULL UNIQUE,
    -- The words.
    body TEXT COLLATE "C" NOT NULL,
    -- What came with it: address, type, name, size; JSON of this room; null for none.
    media TEXT COLLATE "C",
    -- Number of its order; null for none.
    order_code TEXT COLLATE "C",
    -- What it is about; null for what people write.
    about TEXT COLLATE "C",
    -- Key and version of its template; null for none.
    template TEXT COLLATE "C",
    -- Name of the person who wrote it; empty for the program and for buyers.
    written_by TEXT COLLATE "C" NOT NULL,
    -- When it was written or came.
    created_at BIGINT NOT NULL,
    -- Not to be sent before.
    due_at BIGINT NOT NULL,
    -- When to take it up again; null when it is over.
    next_at BIGINT,
    -- Id that was reserved for it; null when the server gives none.
    reserved_id TEXT COLLATE "C",
    -- Last part of the channel's id; null before.
    channel_id TEXT COLLATE "C",
    -- When it was sent, or was tried last; null before.
    sent_at BIGINT,
    -- When the phone of the buyer had it.
    delivered_at BIGINT,
    -- When it was read.
    read_at BIGINT,
    -- How often it was sent.
    tries BIGINT NOT NULL DEFAULT 0,
    -- How often it was looked for since.
    looks BIGINT NOT NULL DEFAULT 0,
    -- Word of the trouble; null when there is none.
    trouble TEXT COLLATE "C",
    -- Its text.
    trouble_text TEXT COLLATE "C"
);
CREATE INDEX messages_of ON messages (talk_id, created_at);
CREATE INDEX messages_next ON messages (shop_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX messages_by_channel ON messages (line_id, channel_id);
CREATE INDEX messages_by_reserved ON messages (line_id, reserved_id);
CREATE INDEX messages_by_sending ON messages (line_id, sent_at);
CREATE INDEX messages_by_order ON messages (shop_id, order_code);

CREATE TABLE message_silences (
    -- Who does not want to be written to.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Phone in digits, or the channel's key of the talk.
    who TEXT COLLATE "C" NOT NULL,
    -- Since when.
    at BIGINT NOT NULL,
    -- The message that asked for it; null when a person noted it.
    message_id TEXT COLLATE "C",
    -- Name of the person who noted it; empty for the buyer's own word.
    noted_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (merchant_id, who)
);

CREATE TABLE message_asks (
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- About which order.
    order_code TEXT COLLATE "C" NOT NULL,
    -- In which talk.
    talk_id TEXT COLLATE "C" NOT NULL,
    -- The question.
    message_id TEXT COLLATE "C" NOT NULL,
    -- The size that was asked about; empty when none was named.
    size TEXT COLLATE "C" NOT NULL,
    -- When it was asked.
    asked_at BIGINT NOT NULL,
    -- What the buyer answered; null before.
    reply TEXT COLLATE "C" CHECK (reply IN ('yes', 'no', 'other_size', 'measurements', 'unclear')),
    -- The answer's values, JSON of this room; null before.
    reply_values TEXT COLLATE "C",
    -- When.
    replied_at BIGINT,
    PRIMARY KEY (shop_id, order_code)
);
CREATE INDEX message_asks_of ON message_asks (talk_id, asked_at);

CREATE TABLE message_templates (
    -- Of which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- What it is about, or a word of its own.
    key TEXT COLLATE "C" NOT NULL,
    -- From 1; the highest counts, the others stay.
    version BIGINT NOT NULL,
    -- How people call it; empty for those that stand for what they are about.
    name TEXT COLLATE "C" NOT NULL,
    -- The Russian text.
    ru TEXT COLLATE "C" NOT NULL,
    -- The Kazakh text.
    kk TEXT COLLATE "C" NOT NULL,
    -- Who wrote this version, by name.
    changed_by TEXT COLLATE "C" NOT NULL,
    -- When.
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, key, version)
);

CREATE TABLE message_events (
    -- Of which line.
    line_id TEXT COLLATE "C" NOT NULL,
    -- The server's own id; the same for a repetition.
    event_id TEXT COLLATE "C" NOT NULL,
    -- The body as it came.
    body TEXT COLLATE "C" NOT NULL,
    -- When it came.
    received_at BIGINT NOT NULL,
    -- When to take it up; null once it was.
    next_at BIGINT,
    -- How often it was taken up.
    tries BIGINT NOT NULL DEFAULT 0,
    -- Why nothing came of it; null when something did.
    trouble TEXT COLLATE "C",
    PRIMARY KEY (line_id, event_id)
);
CREATE INDEX message_events_next ON message_events (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX message_events_by_time ON message_events (received_at);

CREATE TABLE message_marks (
    -- What was read up to here.
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- The last thing that was read.
    place TEXT COLLATE "C" NOT NULL
);
