-- When a morning of somebody was last owed that rings, or the first of all: the next one rings for what has become old
-- since, whatever mornings were skipped.
alter table person add column rang_at bigint;
