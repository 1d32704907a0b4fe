-- Counted without ON CONFLICT, and checked without a function: whatever may fail in the middle of a statement that triggers something has
-- SQLite copy every page that the statement touches. No SID is longer than 64 letters where one is read.

DROP TRIGGER deliveries_arrived;
DROP TRIGGER inbound_texts_made;

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

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (length(sid) BETWEEN 1 AND 64)', 'CHECK (sid <> '''')')
WHERE type = 'table' AND (name = 'deliveries' OR name = 'inbound_texts');
PRAGMA writable_schema = RESET;

PRAGMA user_version = 8;
