-- owner: accounts. Merchants, people, sessions, keys, invitations, the audit log and answered requests.
CREATE TABLE merchants (
    -- mer_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Name of the business.
    name TEXT NOT NULL,
    -- When it was made.
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    -- usr_…
    id TEXT NOT NULL PRIMARY KEY,
    -- How the login is spelled.
    login_kind TEXT NOT NULL CHECK (login_kind IN ('mail', 'phone')),
    -- Mail in lower case, or phone as +77010001234.
    login TEXT NOT NULL UNIQUE,
    -- Name of the person.
    name TEXT NOT NULL,
    -- Argon2id in the PHC format.
    password_hash TEXT NOT NULL,
    -- When the password was last set.
    password_at INTEGER NOT NULL,
    -- Chosen language; null means that the browser decides.
    language TEXT CHECK (language IN ('ru', 'kk', 'en')),
    -- Chosen theme.
    theme TEXT NOT NULL CHECK (theme IN ('system', 'light', 'dark')),
    -- Whether single-letter shortcuts work.
    shortcuts INTEGER NOT NULL CHECK (shortcuts IN (0, 1)),
    -- When the person was added.
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE first_owner (
    -- Always 1: the first owner of an installation is made once.
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    -- Who it was.
    user_id TEXT NOT NULL REFERENCES users (id),
    -- When.
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    -- The team.
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    -- The person.
    user_id TEXT NOT NULL REFERENCES users (id),
    -- What the person may do.
    role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'packer', 'marketer')),
    -- When the person joined.
    created_at INTEGER NOT NULL,
    -- When the person was last seen in this team.
    seen_at INTEGER,
    PRIMARY KEY (merchant_id, user_id)
) STRICT;
CREATE INDEX memberships_by_user ON memberships (user_id, created_at);

CREATE TABLE sessions (
    -- ses_…
    id TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the cookie, hexadecimal; the cookie itself is nowhere.
    token_hash TEXT NOT NULL UNIQUE,
    -- Whose session it is.
    user_id TEXT NOT NULL REFERENCES users (id),
    -- The team that is open in it.
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    -- Whether the second factor is still awaited.
    stage TEXT NOT NULL CHECK (stage IN ('code', 'full')),
    -- When it began.
    created_at INTEGER NOT NULL,
    -- When it ends whatever happens.
    expires_at INTEGER NOT NULL,
    -- When it was last used, to the minute.
    seen_at INTEGER NOT NULL,
    -- Address of its last use.
    address TEXT NOT NULL,
    -- What the browser says of itself.
    device TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE sign_in_failures (
    -- What is counted: a login, an address, or the codes of a person.
    kind TEXT NOT NULL CHECK (kind IN ('login', 'address', 'code')),
    -- SHA-256 of what was typed, hexadecimal: people type passwords into the wrong field.
    subject TEXT NOT NULL,
    -- Attempts in a row.
    failures INTEGER NOT NULL,
    -- The last of them.
    failed_at INTEGER NOT NULL,
    -- No attempt is looked at before this moment.
    locked_until INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
) STRICT;

CREATE TABLE second_factors (
    -- Whose it is.
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
    -- The shared secret, sealed.
    secret_sealed TEXT NOT NULL,
    -- When a first code proved it; null while it is being set up.
    confirmed_at INTEGER,
    -- The newest time step that was used; older codes are refused.
    last_step INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_codes (
    -- Whose it is.
    user_id TEXT NOT NULL REFERENCES users (id),
    -- SHA-256 of the code, hexadecimal.
    code_hash TEXT NOT NULL,
    -- When it was used up; null while it is good.
    used_at INTEGER,
    PRIMARY KEY (user_id, code_hash)
) STRICT;

CREATE TABLE reset_links (
    -- SHA-256 of the word in the link, hexadecimal.
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- Whose password it sets.
    user_id TEXT NOT NULL REFERENCES users (id),
    -- When it was made.
    created_at INTEGER NOT NULL,
    -- When it stops working.
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reset_links_by_user ON reset_links (user_id);

CREATE TABLE invites (
    -- inv_…
    id TEXT NOT NULL PRIMARY KEY,
    -- The team.
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    -- SHA-256 of the word in the link, hexadecimal.
    token_hash TEXT NOT NULL UNIQUE,
    -- Role of whoever accepts it.
    role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'packer', 'marketer')),
    -- For whom it is, in the inviter's words.
    note TEXT NOT NULL,
    -- Name of who made it.
    made_by TEXT NOT NULL,
    -- When.
    created_at INTEGER NOT NULL,
    -- When it stops working.
    expires_at INTEGER NOT NULL,
    -- When it was accepted.
    used_at INTEGER,
    -- By whom.
    used_by TEXT REFERENCES users (id),
    -- When it was taken back.
    revoked_at INTEGER
) STRICT;
CREATE INDEX invites_by_merchant ON invites (merchant_id, id);

CREATE TABLE api_keys (
    -- key_…
    id TEXT NOT NULL PRIMARY KEY,
    -- The team.
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    -- Who made it; the key never may more than its maker.
    user_id TEXT NOT NULL REFERENCES users (id),
    -- Name.
    name TEXT NOT NULL,
    -- SHA-256 of the key, hexadecimal.
    token_hash TEXT NOT NULL UNIQUE,
    -- Its first letters, to recognise it by.
    hint TEXT NOT NULL,
    -- Words of its rights, separated by spaces.
    rights TEXT NOT NULL,
    -- When it was made.
    created_at INTEGER NOT NULL,
    -- When it was last used, to the hour.
    used_at INTEGER,
    -- When it stops working; null for never.
    expires_at INTEGER,
    -- When it was revoked.
    revoked_at INTEGER
) STRICT;
CREATE INDEX api_keys_by_merchant ON api_keys (merchant_id, id);

CREATE TABLE audit_heads (
    -- Whose log it is.
    merchant_id TEXT NOT NULL PRIMARY KEY,
    -- Number of the newest entry.
    seq INTEGER NOT NULL,
    -- Seal of the newest entry.
    seal TEXT NOT NULL,
    -- Key of the seals, sealed itself with the key outside the database.
    key_sealed TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    -- aud_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose log it is.
    merchant_id TEXT NOT NULL,
    -- Number in this log, from 1 without gaps.
    seq INTEGER NOT NULL,
    -- When it happened.
    at INTEGER NOT NULL,
    -- Who acted.
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('person', 'key', 'system')),
    -- usr_…, key_…, or the reason of the system.
    actor_id TEXT NOT NULL,
    -- Name at that time.
    actor_name TEXT NOT NULL,
    -- What was done, such as accounts.role_changed.
    what TEXT NOT NULL,
    -- To what.
    subject TEXT NOT NULL,
    -- How it was before.
    before_text TEXT,
    -- How it is after.
    after_text TEXT,
    -- From which address.
    address TEXT,
    -- HMAC-SHA-256 over the entry and the seal before it, hexadecimal.
    seal TEXT NOT NULL,
    UNIQUE (merchant_id, seq)
) STRICT;

CREATE TABLE idempotency (
    -- SHA-256 of caller, route and the caller's key, hexadecimal.
    id TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the request's body, hexadecimal.
    request_hash TEXT NOT NULL,
    -- Word of the attempt that holds it.
    holder TEXT NOT NULL,
    -- When the attempt began.
    started_at INTEGER NOT NULL,
    -- Status of the answer; null while the request runs.
    status INTEGER,
    -- Type of the answer's body.
    content_type TEXT,
    -- The answer's body, sealed: it may show a new key.
    body_sealed TEXT,
    -- When it is forgotten.
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at);
