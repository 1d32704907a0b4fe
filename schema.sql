-- The database of weatherline: the truth of the current schema. A new database is made from this file; an old one arrives
-- at exactly it through the numbered upgrades in src/store/sqlite/upgrades/ (a test compares the two).
--
-- Instants are milliseconds since 1970 in UTC, dates are local calendar dates (2026-11-22), times of day are local (07:00).
-- Row numbers say nothing about time: clocks jump. Lists are chains of OR and not IN: for each IN of three or more SQLite
-- builds a table, at every write. What triggers count is written without functions and ON CONFLICT: whatever may fail in the
-- middle has SQLite copy every page that is touched.

PRAGMA application_id = 0x57746872; -- "Wthr"
PRAGMA user_version = 8;

-- What the daemon remembers about itself: last tick, tz data version, the salt of the suppressions.
CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A phone that texted or called us, or was imported.
CREATE TABLE subscribers (
    id             INTEGER PRIMARY KEY,
    phone          TEXT NOT NULL UNIQUE CHECK (phone GLOB '+[1-9]*' AND length(phone) BETWEEN 8 AND 16),
    country        TEXT CHECK (length(country) = 2),
    status         TEXT NOT NULL CHECK (status IN ('active', 'stopped')),
    stopped_at     INTEGER,
    stopped_by     TEXT CHECK (stopped_by = 'carrier' OR stopped_by = 'us'
        OR stopped_by = 'operator' OR stopped_by = 'unreachable'),
    units          TEXT CHECK (units IN ('metric', 'imperial')),
    last_place     TEXT CHECK (last_place IS NULL OR json_valid(last_place)),
    pending        TEXT CHECK (pending IS NULL OR json_valid(pending)),
    replies_since  INTEGER,
    replies_count  INTEGER NOT NULL CHECK (replies_count >= 0),
    greeted_at     INTEGER,
    stop_notice_at INTEGER,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    -- Chosen, and heard in the words of a text.
    language       TEXT CHECK (language = 'en' OR language = 'es' OR language = 'fr'
        OR language = 'de' OR language = 'pt' OR language = 'it'),
    heard          TEXT CHECK (heard = 'en' OR heard = 'es' OR heard = 'fr' OR heard = 'de'
        OR heard = 'pt' OR heard = 'it'),
    CHECK ((status = 'stopped') = (stopped_at IS NOT NULL) AND (stopped_at IS NULL) = (stopped_by IS NULL))
) STRICT;

-- An operator looks a phone up by its last digits.
CREATE INDEX subscribers_last_four ON subscribers (substr(phone, -4));
-- Retention: people who left.
CREATE INDEX subscribers_stopped ON subscribers (stopped_at) WHERE status = 'stopped';

-- One place, time and condition of a phone. Its number is never used again: it is part of the deliveries' keys.
CREATE TABLE subscriptions (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    subscriber_id INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    place         TEXT NOT NULL CHECK (json_valid(place)),
    time          TEXT NOT NULL CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]'),
    days          TEXT NOT NULL CHECK (days <> ''),
    only_if       TEXT CHECK (only_if = 'rain' OR only_if = 'snow' OR only_if = 'frost'
        OR only_if = 'wind' OR only_if = 'heat'),
    channel       TEXT NOT NULL CHECK (channel IN ('text', 'call')),
    paused        INTEGER NOT NULL CHECK (paused IN (0, 1)),
    paused_until  TEXT CHECK (paused_until IS date(paused_until)),
    skip          TEXT CHECK (skip IS date(skip)),
    trip          TEXT CHECK (trip IS NULL OR json_valid(trip)),
    next_date     TEXT CHECK (next_date IS date(next_date)),
    next_due_at   INTEGER,
    last_date     TEXT CHECK (last_date IS date(last_date)),
    -- 1 while its phone is active and it has not ended: only then it can be due.
    live          INTEGER NOT NULL CHECK (live IN (0, 1)),
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    ended_at      INTEGER,
    CHECK (paused = 1 OR paused_until IS NULL),
    CHECK ((next_date IS NULL) = (next_due_at IS NULL)),
    CHECK (live = 0 OR ended_at IS NULL)
) STRICT;

CREATE INDEX subscriptions_of_phone ON subscriptions (subscriber_id, id);

-- Who is due: the daily tick reads the head of this and nothing else.
CREATE INDEX subscriptions_due ON subscriptions (next_due_at, id) WHERE live = 1;

-- The outbox and its history: one row for each outgoing message that was ever meant.
CREATE TABLE deliveries (
    id              INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
    -- daily:<subscription>:<date>, follow_up:<sid>, notice:<token>
    key             TEXT NOT NULL UNIQUE,
    kind            TEXT NOT NULL CHECK (kind = 'daily' OR kind = 'follow_up' OR kind = 'notice'
        OR kind = 'call'),
    -- Who goes first: 0 follow-ups, 1 daily forecasts, 2 the rest.
    urgency         INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 2),
    phone           TEXT CHECK (phone GLOB '+[1-9]*' AND length(phone) BETWEEN 8 AND 16),
    subscription_id INTEGER REFERENCES subscriptions (id) ON DELETE SET NULL,
    local_date      TEXT CHECK (local_date IS date(local_date)),
    status          TEXT NOT NULL CHECK (status = 'pending' OR status = 'attempting' OR status = 'unclear'
        OR status = 'accepted' OR status = 'sent' OR status = 'delivered' OR status = 'undelivered' OR status = 'failed'
        OR status = 'skipped' OR status = 'unknown'),
    -- Why it was skipped or failed, in words.
    reason          TEXT,
    -- NULL for what is only owed yet, for what was skipped before it was written, and after the retention time.
    body            TEXT,
    segments        INTEGER CHECK (segments BETWEEN 1 AND 100),
    -- What a follow-up is to say when the weather is back: place, window, units.
    ask             TEXT CHECK (ask IS NULL OR json_valid(ask)),
    due_at          INTEGER NOT NULL,
    expires_at      INTEGER,
    next_attempt_at INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    attempted_at    INTEGER,
    accepted_at     INTEGER,
    sid             TEXT CHECK (sid <> ''),
    error_code      INTEGER,
    absent_checks   INTEGER NOT NULL DEFAULT 0 CHECK (absent_checks >= 0),
    last_absent_at  INTEGER,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    CHECK (body IS NULL OR (segments IS NOT NULL AND expires_at IS NOT NULL)),
    CHECK (status <> 'attempting' OR (body IS NOT NULL AND attempted_at IS NOT NULL AND attempts > 0)),
    CHECK (status <> 'unclear' OR attempted_at IS NOT NULL),
    CHECK (status <> 'skipped' OR reason IS NOT NULL),
    CHECK (status <> 'pending' OR phone IS NOT NULL)
) STRICT;

-- Claiming: the head of each urgency.
CREATE INDEX deliveries_claimable ON deliveries (urgency, next_attempt_at) WHERE status = 'pending' AND body IS NOT NULL;
-- Waiting ones that are no longer worth sending; with all by which they are counted.
CREATE INDEX deliveries_expiring ON deliveries (expires_at, created_at, due_at, kind, segments)
    WHERE status = 'pending' AND body IS NOT NULL;
-- Follow-ups whose weather is not there yet.
CREATE INDEX deliveries_owed ON deliveries (created_at) WHERE status = 'pending' AND body IS NULL;
-- Attempts under way, held ones, and accepted ones without a receipt.
CREATE INDEX deliveries_attempting ON deliveries (attempted_at) WHERE status = 'attempting';
CREATE INDEX deliveries_unclear ON deliveries (attempted_at) WHERE status = 'unclear';
CREATE INDEX deliveries_unreported ON deliveries (updated_at) WHERE status = 'accepted';
-- Of one phone, of one subscription, of one stretch of time.
CREATE INDEX deliveries_of_phone ON deliveries (phone) WHERE phone IS NOT NULL;
CREATE INDEX deliveries_of_subscription ON deliveries (subscription_id, local_date) WHERE subscription_id IS NOT NULL;
CREATE INDEX deliveries_created ON deliveries (created_at);
-- What ended badly: few rows, the newest first for an operator.
CREATE INDEX deliveries_troubled ON deliveries (created_at) WHERE status = 'undelivered' OR status = 'failed' OR status = 'unknown';
-- Retention: texts that are still kept.
CREATE INDEX deliveries_texts ON deliveries (created_at) WHERE body IS NOT NULL;

-- Texts that came in, with the answer that the same one gets again.
CREATE TABLE inbound_texts (
    sid         TEXT NOT NULL UNIQUE CHECK (sid <> ''),
    phone       TEXT,
    body        TEXT,
    reply       TEXT,
    outcome     TEXT NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

CREATE INDEX inbound_texts_of_phone ON inbound_texts (phone) WHERE phone IS NOT NULL;
CREATE INDEX inbound_texts_received ON inbound_texts (received_at);
CREATE INDEX inbound_texts_kept ON inbound_texts (received_at) WHERE phone IS NOT NULL;

-- Proof of every wish: what was agreed to or withdrawn, with which words, and what we answered.
CREATE TABLE consents (
    id     INTEGER PRIMARY KEY,
    phone  TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind = 'subscribe' OR kind = 'stop' OR kind = 'start'
        OR kind = 'erase' OR kind = 'import'),
    words  TEXT NOT NULL,
    answer TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE INDEX consents_of_phone ON consents (phone);

-- What stays of an erased phone: a salted hash, so that no import brings it back.
CREATE TABLE suppressions (
    hash       BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    -- Set where the phone had stopped our texts: it stays stopped until START.
    stopped_by TEXT CHECK (stopped_by = 'carrier' OR stopped_by = 'us'
        OR stopped_by = 'operator' OR stopped_by = 'unreachable'),
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Forecasts as they were fetched last, to be warm after a restart.
CREATE TABLE forecasts (
    cell       TEXT NOT NULL PRIMARY KEY,
    provider   TEXT NOT NULL,
    issued_at  INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    hours      TEXT NOT NULL CHECK (json_valid(hours))
) STRICT;

CREATE INDEX forecasts_fetched ON forecasts (fetched_at);

-- What became of the deliveries of a day that is over, by UTC: a number for each status, for segments, and for how late they went out.
CREATE TABLE totals (
    day    TEXT NOT NULL CHECK (day IS date(day)),
    name   TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    PRIMARY KEY (day, name)
) STRICT, WITHOUT ROWID;

-- How many deliveries, texts and calls are alike in all that an operator's page counts, by the quarter of an hour in which they were
-- made and due (since 1970). Kept by the triggers below, so that no page reads the rows of a day; pruned once a day is in the totals.
-- A delivery is counted once it is no longer open: what is pending, attempting or unclear is counted by its own index, when asked.
CREATE TABLE tallies (
    made     INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    -- That of a delivery; inbound: a text that came in; inbound_call: a call that did.
    kind     TEXT NOT NULL,
    -- That of a delivery; of a text its outcome.
    status   TEXT NOT NULL,
    -- Why it was skipped; answered: a text that got an answer.
    reason   TEXT NOT NULL,
    -- Of daily ones: the carrier took it within 1, 5, 15, 60 minutes of its time (1 to 4), later (5); of others: took it (6);
    -- 0: not.
    late     INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    segments INTEGER NOT NULL,
    PRIMARY KEY (made, due, kind, status, reason, late)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER deliveries_left AFTER UPDATE OF status, reason, accepted_at, segments, due_at ON deliveries
WHEN OLD.status <> 'pending' AND OLD.status <> 'attempting' AND OLD.status <> 'unclear'
    AND (OLD.status <> NEW.status OR OLD.reason IS NOT NEW.reason OR OLD.accepted_at IS NOT NEW.accepted_at
    OR OLD.segments IS NOT NEW.segments OR OLD.due_at <> NEW.due_at)
BEGIN
    UPDATE tallies SET count = count - 1, segments = segments - coalesce(OLD.segments, 0)
    WHERE made = OLD.created_at / 900000 AND due = OLD.due_at / 900000 AND kind = OLD.kind AND status = OLD.status
        AND reason = CASE OLD.status WHEN 'skipped' THEN coalesce(OLD.reason, '') ELSE '' END
        AND late = CASE WHEN OLD.accepted_at IS NULL THEN 0 WHEN OLD.local_date IS NULL THEN 6
            WHEN OLD.accepted_at - OLD.due_at <= 60000 THEN 1 WHEN OLD.accepted_at - OLD.due_at <= 300000 THEN 2
            WHEN OLD.accepted_at - OLD.due_at <= 900000 THEN 3 WHEN OLD.accepted_at - OLD.due_at <= 3600000 THEN 4 ELSE 5 END;
END;

CREATE TRIGGER deliveries_arrived AFTER UPDATE OF status, reason, accepted_at, segments, due_at ON deliveries
WHEN NEW.status <> 'pending' AND NEW.status <> 'attempting' AND NEW.status <> 'unclear'
    AND (OLD.status <> NEW.status OR OLD.reason IS NOT NEW.reason OR OLD.accepted_at IS NOT NEW.accepted_at
    OR OLD.segments IS NOT NEW.segments OR OLD.due_at <> NEW.due_at)
BEGIN
    INSERT INTO tallies SELECT NEW.created_at / 900000, NEW.due_at / 900000, NEW.kind, NEW.status,
        CASE NEW.status WHEN 'skipped' THEN coalesce(NEW.reason, '') ELSE '' END,
        CASE WHEN NEW.accepted_at IS NULL THEN 0 WHEN NEW.local_date IS NULL THEN 6
            WHEN NEW.accepted_at - NEW.due_at <= 60000 THEN 1 WHEN NEW.accepted_at - NEW.due_at <= 300000 THEN 2
            WHEN NEW.accepted_at - NEW.due_at <= 900000 THEN 3 WHEN NEW.accepted_at - NEW.due_at <= 3600000 THEN 4 ELSE 5 END,
        0, 0
    WHERE NOT EXISTS (SELECT 1 FROM tallies
    WHERE made = NEW.created_at / 900000 AND due = NEW.due_at / 900000 AND kind = NEW.kind AND status = NEW.status
        AND reason = CASE NEW.status WHEN 'skipped' THEN coalesce(NEW.reason, '') ELSE '' END
        AND late = CASE WHEN NEW.accepted_at IS NULL THEN 0 WHEN NEW.local_date IS NULL THEN 6
            WHEN NEW.accepted_at - NEW.due_at <= 60000 THEN 1 WHEN NEW.accepted_at - NEW.due_at <= 300000 THEN 2
            WHEN NEW.accepted_at - NEW.due_at <= 900000 THEN 3 WHEN NEW.accepted_at - NEW.due_at <= 3600000 THEN 4 ELSE 5 END);
    UPDATE tallies SET count = count + 1, segments = segments + coalesce(NEW.segments, 0)
    WHERE made = NEW.created_at / 900000 AND due = NEW.due_at / 900000 AND kind = NEW.kind AND status = NEW.status
        AND reason = CASE NEW.status WHEN 'skipped' THEN coalesce(NEW.reason, '') ELSE '' END
        AND late = CASE WHEN NEW.accepted_at IS NULL THEN 0 WHEN NEW.local_date IS NULL THEN 6
            WHEN NEW.accepted_at - NEW.due_at <= 60000 THEN 1 WHEN NEW.accepted_at - NEW.due_at <= 300000 THEN 2
            WHEN NEW.accepted_at - NEW.due_at <= 900000 THEN 3 WHEN NEW.accepted_at - NEW.due_at <= 3600000 THEN 4 ELSE 5 END;
END;

CREATE TRIGGER deliveries_gone AFTER DELETE ON deliveries
WHEN OLD.status <> 'pending' AND OLD.status <> 'attempting' AND OLD.status <> 'unclear'
BEGIN
    UPDATE tallies SET count = count - 1, segments = segments - coalesce(OLD.segments, 0)
    WHERE made = OLD.created_at / 900000 AND due = OLD.due_at / 900000 AND kind = OLD.kind AND status = OLD.status
        AND reason = CASE OLD.status WHEN 'skipped' THEN coalesce(OLD.reason, '') ELSE '' END
        AND late = CASE WHEN OLD.accepted_at IS NULL THEN 0 WHEN OLD.local_date IS NULL THEN 6
            WHEN OLD.accepted_at - OLD.due_at <= 60000 THEN 1 WHEN OLD.accepted_at - OLD.due_at <= 300000 THEN 2
            WHEN OLD.accepted_at - OLD.due_at <= 900000 THEN 3 WHEN OLD.accepted_at - OLD.due_at <= 3600000 THEN 4 ELSE 5 END;
END;

CREATE TRIGGER inbound_texts_made AFTER INSERT ON inbound_texts BEGIN
    INSERT INTO tallies SELECT NEW.received_at / 900000, NEW.received_at / 900000, 'inbound', NEW.outcome,
        CASE WHEN NEW.reply IS NULL THEN '' ELSE 'answered' END, 0, 0, 0
    WHERE NOT EXISTS (SELECT 1 FROM tallies
    WHERE made = NEW.received_at / 900000 AND due = NEW.received_at / 900000 AND kind = 'inbound' AND status = NEW.outcome
        AND reason = CASE WHEN NEW.reply IS NULL THEN '' ELSE 'answered' END AND late = 0);
    UPDATE tallies SET count = count + 1
    WHERE made = NEW.received_at / 900000 AND due = NEW.received_at / 900000 AND kind = 'inbound' AND status = NEW.outcome
        AND reason = CASE WHEN NEW.reply IS NULL THEN '' ELSE 'answered' END AND late = 0;
END;
