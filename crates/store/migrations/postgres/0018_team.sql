-- owner: messages. The team is told: bots, people's chats, what each wants to hear, and what was said.
CREATE TABLE team_bots (
    -- Whose; a merchant has one bot.
    merchant_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- The bot's own number in its channel: one bot serves one merchant.
    bot_number BIGINT NOT NULL UNIQUE,
    -- Its token, sealed.
    token_sealed TEXT COLLATE "C" NOT NULL,
    -- Its name.
    name TEXT COLLATE "C" NOT NULL,
    -- Its name in links, without the sign before it.
    user_name TEXT COLLATE "C" NOT NULL,
    -- The update to ask from; null before the first.
    next_update BIGINT,
    -- How it does, a word of the failure; null when it works.
    trouble TEXT COLLATE "C",
    -- Since when it stands so.
    state_since BIGINT NOT NULL,
    -- When its updates were asked for last; null before the first time.
    heard_at BIGINT,
    -- Who connected it, by name.
    connected_by TEXT COLLATE "C" NOT NULL,
    -- When.
    connected_at BIGINT NOT NULL
);

CREATE TABLE team_codes (
    -- The code of a link, hashed.
    code_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose team.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Who links a chat.
    user_id TEXT COLLATE "C" NOT NULL,
    -- Until when it may be used.
    expires_at BIGINT NOT NULL,
    -- When it was used; null while it was not.
    used_at BIGINT
);
CREATE INDEX team_codes_by_end ON team_codes (expires_at);

CREATE TABLE team_links (
    -- tln_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose team.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Who is told there, and acts there when it is a talk of two.
    user_id TEXT COLLATE "C" NOT NULL,
    -- The chat's number; below zero for a group.
    chat BIGINT NOT NULL,
    -- Number of the person in the channel.
    person BIGINT NOT NULL,
    -- The person's name in the channel, to recognise.
    person_name TEXT COLLATE "C" NOT NULL,
    -- Language of the person's program.
    language TEXT COLLATE "C" NOT NULL CHECK (language IN ('ru', 'kk', 'en')),
    -- When it was linked.
    linked_at BIGINT NOT NULL,
    -- One link of a chat is open: the word `open` while it is, its own id once it is over.
    guard TEXT COLLATE "C" NOT NULL,
    -- When it ended; null while it is open.
    ended_at BIGINT,
    -- Why it ended: by the person, blocked, replaced, or by the team; null while it is open.
    ended_why TEXT COLLATE "C" CHECK (ended_why IN ('stopped', 'blocked', 'replaced', 'removed', 'left')),
    UNIQUE (merchant_id, chat, guard)
);
CREATE INDEX team_links_of ON team_links (merchant_id, user_id);

CREATE TABLE team_wishes (
    -- Whose team.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Who.
    user_id TEXT COLLATE "C" NOT NULL,
    -- Of what they are told, a word.
    event TEXT COLLATE "C" NOT NULL,
    -- By the bot.
    by_telegram BOOLEAN NOT NULL,
    -- By letter.
    by_mail BOOLEAN NOT NULL,
    -- On the screen.
    by_screen BOOLEAN NOT NULL,
    PRIMARY KEY (merchant_id, user_id, event)
);

CREATE TABLE team_manners (
    -- Whose team.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Who.
    user_id TEXT COLLATE "C" NOT NULL,
    -- Minute of the day in Almaty from which on it is quiet; null when it never is.
    quiet_from BIGINT,
    -- Minute at which quiet ends; null when there is none.
    quiet_until BIGINT,
    -- Minute at which the report of the day is told.
    report_at BIGINT NOT NULL,
    -- Where letters go; empty for the address they sign in with.
    mail TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (merchant_id, user_id)
);

CREATE TABLE team_posts (
    -- tpo_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose team.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- For whom; null for an answer to somebody who is not linked.
    user_id TEXT COLLATE "C",
    -- By which way.
    way TEXT COLLATE "C" NOT NULL CHECK (way IN ('telegram', 'mail')),
    -- The chat's number, or the address.
    address TEXT COLLATE "C" NOT NULL,
    -- What it is told for, a word.
    event TEXT COLLATE "C" NOT NULL,
    -- Makes it said once: the same key is never taken twice.
    once_key TEXT COLLATE "C" NOT NULL,
    -- What is said, JSON of this room: ids and words, put into sentences when it is sent.
    content TEXT COLLATE "C" NOT NULL,
    -- How far it came.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unclear')),
    -- How often it was tried.
    tries BIGINT NOT NULL,
    -- When to send it; while it is being sent, when whoever sends it is given up.
    next_at BIGINT,
    -- When it was said first.
    made_at BIGINT NOT NULL,
    -- When the channel took it; null before.
    sent_at BIGINT,
    -- Number of the message in its chat; null before.
    message BIGINT,
    -- What it showed last, hashed; null before.
    shown TEXT COLLATE "C",
    -- When to look whether it has to show something else; null when it stays as it is.
    look_at BIGINT,
    -- Why it could not be sent, a word; null when nothing is wrong.
    trouble TEXT COLLATE "C",
    -- The same in the channel's own words, for people who look closer.
    trouble_text TEXT COLLATE "C",
    UNIQUE (merchant_id, once_key)
);
CREATE INDEX team_posts_due ON team_posts (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX team_posts_looks ON team_posts (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX team_posts_of ON team_posts (merchant_id, made_at);
