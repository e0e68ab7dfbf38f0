-- When somebody's morning last rang: the next one rings for what has become old since, whatever mornings were skipped.
alter table person add column rang_at bigint;
