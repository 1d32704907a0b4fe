-- A delivery is counted once it is no longer open. Each that goes out came through pending and attempting, and was counted in and out of
-- both: five changes of counters for the one that anybody reads a minute later.

DROP TRIGGER deliveries_made;
DROP TRIGGER deliveries_travelled;
DROP TRIGGER deliveries_gone;
DELETE FROM tallies WHERE status = 'pending' OR status = 'attempting' OR status = 'unclear';

CREATE TRIGGER deliveries_made AFTER INSERT ON deliveries
WHEN NEW.status <> 'pending' AND NEW.status <> 'attempting' AND NEW.status <> 'unclear'
BEGIN
    INSERT INTO tallies VALUES (NEW.created_at / 900000, NEW.due_at / 900000, NEW.kind, NEW.status,
        CASE NEW.status WHEN 'skipped' THEN coalesce(NEW.reason, '') ELSE '' END,
        CASE WHEN NEW.accepted_at IS NULL THEN 0 WHEN NEW.local_date IS NULL THEN 6
            WHEN NEW.accepted_at - NEW.due_at <= 60000 THEN 1 WHEN NEW.accepted_at - NEW.due_at <= 300000 THEN 2
            WHEN NEW.accepted_at - NEW.due_at <= 900000 THEN 3 WHEN NEW.accepted_at - NEW.due_at <= 3600000 THEN 4 ELSE 5 END,
        1, coalesce(NEW.segments, 0))
    ON CONFLICT DO UPDATE SET count = count + 1, segments = segments + excluded.segments;
END;

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
    INSERT INTO tallies VALUES (NEW.created_at / 900000, NEW.due_at / 900000, NEW.kind, NEW.status,
        CASE NEW.status WHEN 'skipped' THEN coalesce(NEW.reason, '') ELSE '' END,
        CASE WHEN NEW.accepted_at IS NULL THEN 0 WHEN NEW.local_date IS NULL THEN 6
            WHEN NEW.accepted_at - NEW.due_at <= 60000 THEN 1 WHEN NEW.accepted_at - NEW.due_at <= 300000 THEN 2
            WHEN NEW.accepted_at - NEW.due_at <= 900000 THEN 3 WHEN NEW.accepted_at - NEW.due_at <= 3600000 THEN 4 ELSE 5 END,
        1, coalesce(NEW.segments, 0))
    ON CONFLICT DO UPDATE SET count = count + 1, segments = segments + excluded.segments;
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

-- What waits is counted from its index alone.
DROP INDEX deliveries_expiring;
CREATE INDEX deliveries_expiring ON deliveries (expires_at, created_at, due_at, kind, segments)
    WHERE status = 'pending' AND body IS NOT NULL;

PRAGMA user_version = 6;
