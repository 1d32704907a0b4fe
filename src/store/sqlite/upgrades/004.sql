-- The operator's page reads counters instead of the rows of a day.

-- How many deliveries, texts and calls are alike in all that an operator's page counts, by the quarter of an hour in which they were
-- made and due (since 1970). Kept by the triggers below, so that no page reads the rows of a day; pruned once a day is in the totals.
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

CREATE TRIGGER deliveries_made AFTER INSERT ON deliveries BEGIN
    INSERT INTO tallies VALUES (NEW.created_at / 900000, NEW.due_at / 900000, NEW.kind, NEW.status,
        CASE NEW.status WHEN 'skipped' THEN coalesce(NEW.reason, '') ELSE '' END,
        CASE WHEN NEW.accepted_at IS NULL THEN 0 WHEN NEW.local_date IS NULL THEN 6
            WHEN NEW.accepted_at - NEW.due_at <= 60000 THEN 1 WHEN NEW.accepted_at - NEW.due_at <= 300000 THEN 2
            WHEN NEW.accepted_at - NEW.due_at <= 900000 THEN 3 WHEN NEW.accepted_at - NEW.due_at <= 3600000 THEN 4 ELSE 5 END,
        1, coalesce(NEW.segments, 0))
    ON CONFLICT DO UPDATE SET count = count + 1, segments = segments + excluded.segments;
END;

CREATE TRIGGER deliveries_travelled AFTER UPDATE OF status, reason, accepted_at, segments, due_at ON deliveries
WHEN OLD.status <> NEW.status OR OLD.reason IS NOT NEW.reason OR OLD.accepted_at IS NOT NEW.accepted_at
    OR OLD.segments IS NOT NEW.segments OR OLD.due_at <> NEW.due_at
BEGIN
    UPDATE tallies SET count = count - 1, segments = segments - coalesce(OLD.segments, 0)
    WHERE made = OLD.created_at / 900000 AND due = OLD.due_at / 900000 AND kind = OLD.kind AND status = OLD.status
        AND reason = CASE OLD.status WHEN 'skipped' THEN coalesce(OLD.reason, '') ELSE '' END
        AND late = CASE WHEN OLD.accepted_at IS NULL THEN 0 WHEN OLD.local_date IS NULL THEN 6
            WHEN OLD.accepted_at - OLD.due_at <= 60000 THEN 1 WHEN OLD.accepted_at - OLD.due_at <= 300000 THEN 2
            WHEN OLD.accepted_at - OLD.due_at <= 900000 THEN 3 WHEN OLD.accepted_at - OLD.due_at <= 3600000 THEN 4 ELSE 5 END;
    INSERT INTO tallies VALUES (NEW.created_at / 900000, NEW.due_at / 900000, NEW.kind, NEW.status,
        CASE NEW.status WHEN 'skipped' THEN coalesce(NEW.reason, '') ELSE '' END,
        CASE WHEN NEW.accepted_at IS NULL THEN 0 WHEN NEW.local_date IS NULL THEN 6
            WHEN NEW.accepted_at - NEW.due_at <= 60000 THEN 1 WHEN NEW.accepted_at - NEW.due_at <= 300000 THEN 2
            WHEN NEW.accepted_at - NEW.due_at <= 900000 THEN 3 WHEN NEW.accepted_at - NEW.due_at <= 3600000 THEN 4 ELSE 5 END,
        1, coalesce(NEW.segments, 0))
    ON CONFLICT DO UPDATE SET count = count + 1, segments = segments + excluded.segments;
END;

CREATE TRIGGER deliveries_gone AFTER DELETE ON deliveries BEGIN
    UPDATE tallies SET count = count - 1, segments = segments - coalesce(OLD.segments, 0)
    WHERE made = OLD.created_at / 900000 AND due = OLD.due_at / 900000 AND kind = OLD.kind AND status = OLD.status
        AND reason = CASE OLD.status WHEN 'skipped' THEN coalesce(OLD.reason, '') ELSE '' END
        AND late = CASE WHEN OLD.accepted_at IS NULL THEN 0 WHEN OLD.local_date IS NULL THEN 6
            WHEN OLD.accepted_at - OLD.due_at <= 60000 THEN 1 WHEN OLD.accepted_at - OLD.due_at <= 300000 THEN 2
            WHEN OLD.accepted_at - OLD.due_at <= 900000 THEN 3 WHEN OLD.accepted_at - OLD.due_at <= 3600000 THEN 4 ELSE 5 END;
END;

CREATE TRIGGER inbound_texts_made AFTER INSERT ON inbound_texts BEGIN
    INSERT INTO tallies VALUES (NEW.received_at / 900000, NEW.received_at / 900000, 'inbound', NEW.outcome,
        CASE WHEN NEW.reply IS NULL THEN '' ELSE 'answered' END, 0, 1, 0)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- The days that are in no totals yet, and the one before them.
INSERT INTO tallies
SELECT d.created_at / 900000, d.due_at / 900000, d.kind, d.status, CASE d.status WHEN 'skipped' THEN coalesce(d.reason, '') ELSE '' END,
    CASE WHEN d.accepted_at IS NULL THEN 0 WHEN d.local_date IS NULL THEN 6
            WHEN d.accepted_at - d.due_at <= 60000 THEN 1 WHEN d.accepted_at - d.due_at <= 300000 THEN 2
            WHEN d.accepted_at - d.due_at <= 900000 THEN 3 WHEN d.accepted_at - d.due_at <= 3600000 THEN 4 ELSE 5 END, count(*), coalesce(sum(d.segments), 0)
FROM deliveries d
WHERE d.created_at >= coalesce((SELECT unixepoch(value) * 1000 FROM meta WHERE key = 'totals_until'), 0)
GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO tallies
SELECT received_at / 900000, received_at / 900000, 'inbound', outcome, CASE WHEN reply IS NULL THEN '' ELSE 'answered' END, 0, count(*), 0
FROM inbound_texts
WHERE received_at >= coalesce((SELECT unixepoch(value) * 1000 FROM meta WHERE key = 'totals_until'), 0)
GROUP BY 1, 2, 3, 4, 5, 6;

PRAGMA user_version = 4;
