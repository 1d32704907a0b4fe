-- The operator's page: charts of a month, and phones by their last digits.

CREATE INDEX subscribers_last_four ON subscribers (substr(phone, -4));

CREATE TABLE totals (
    day    TEXT NOT NULL CHECK (day IS date(day)),
    name   TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    PRIMARY KEY (day, name)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 3;
