-- Every delivery is made pending, and counted when that ends. A trigger on the insert, though it did nothing, had SQLite copy every page
-- that a new row touches, to be able to undo that row alone.

DROP TRIGGER deliveries_made;

PRAGMA user_version = 7;
