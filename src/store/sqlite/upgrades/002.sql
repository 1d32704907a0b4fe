-- Languages: the one that was chosen, and the one that the words of the last telling text showed.

ALTER TABLE subscribers ADD COLUMN language TEXT CHECK (language IN ('en', 'es', 'fr', 'de', 'pt', 'it'));
ALTER TABLE subscribers ADD COLUMN heard TEXT CHECK (heard IN ('en', 'es', 'fr', 'de', 'pt', 'it'));

PRAGMA user_version = 2;
