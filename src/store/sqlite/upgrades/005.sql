-- Checks without IN: for each IN of three or more SQLite builds a table, at every write of a row, which cost more than the write.
-- What the rows must be stays the same, so that only the text of the schema changes (sqlite.org/lang_altertable.html#otheralter).

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql,
    '(stopped_by IN (''carrier'', ''us'', ''operator'', ''unreachable''))',
    '(stopped_by = ''carrier'' OR stopped_by = ''us'' OR stopped_by = ''operator'' OR stopped_by = ''unreachable'')')
WHERE type = 'table' AND name = 'subscribers';
UPDATE sqlite_schema SET sql = replace(sql,
    '(language IN (''en'', ''es'', ''fr'', ''de'', ''pt'', ''it''))',
    '(language = ''en'' OR language = ''es'' OR language = ''fr'' OR language = ''de'' OR language = ''pt'' OR language = ''it'')')
WHERE type = 'table' AND name = 'subscribers';
UPDATE sqlite_schema SET sql = replace(sql,
    '(heard IN (''en'', ''es'', ''fr'', ''de'', ''pt'', ''it''))',
    '(heard = ''en'' OR heard = ''es'' OR heard = ''fr'' OR heard = ''de'' OR heard = ''pt'' OR heard = ''it'')')
WHERE type = 'table' AND name = 'subscribers';
UPDATE sqlite_schema SET sql = replace(sql,
    '(only_if IN (''rain'', ''snow'', ''frost'', ''wind'', ''heat''))',
    '(only_if = ''rain'' OR only_if = ''snow'' OR only_if = ''frost'' OR only_if = ''wind'' OR only_if = ''heat'')')
WHERE type = 'table' AND name = 'subscriptions';
UPDATE sqlite_schema SET sql = replace(sql,
    '(kind IN (''daily'', ''follow_up'', ''notice'', ''call''))',
    '(kind = ''daily'' OR kind = ''follow_up'' OR kind = ''notice'' OR kind = ''call'')')
WHERE type = 'table' AND name = 'deliveries';
UPDATE sqlite_schema SET sql = replace(sql,
    '(status IN (''pending'', ''attempting'', ''unclear'', ''accepted'', ''sent'', ''delivered'',
                                                    ''undelivered'', ''failed'', ''skipped'', ''unknown''))',
    '(status = ''pending'' OR status = ''attempting'' OR status = ''unclear'' OR status = ''accepted'' OR status = ''sent'' OR status = ''delivered'' OR status = ''undelivered'' OR status = ''failed'' OR status = ''skipped'' OR status = ''unknown'')')
WHERE type = 'table' AND name = 'deliveries';
UPDATE sqlite_schema SET sql = replace(sql,
    '(kind IN (''subscribe'', ''stop'', ''start'', ''erase'', ''import''))',
    '(kind = ''subscribe'' OR kind = ''stop'' OR kind = ''start'' OR kind = ''erase'' OR kind = ''import'')')
WHERE type = 'table' AND name = 'consents';
UPDATE sqlite_schema SET sql = replace(sql,
    '(stopped_by IN (''carrier'', ''us'', ''operator'', ''unreachable''))',
    '(stopped_by = ''carrier'' OR stopped_by = ''us'' OR stopped_by = ''operator'' OR stopped_by = ''unreachable'')')
WHERE type = 'table' AND name = 'suppressions';

PRAGMA writable_schema = RESET;

DROP INDEX deliveries_troubled;
CREATE INDEX deliveries_troubled ON deliveries (created_at)
    WHERE status = 'undelivered' OR status = 'failed' OR status = 'unknown';

PRAGMA user_version = 5;
