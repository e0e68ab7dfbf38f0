-- What a chat calls a number that it follows, for itself: it ends with the follow.

alter table follow add column name text not null default '';
