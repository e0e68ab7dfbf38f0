-- A fingerprint of the menu that somebody's chat was given, 0 for everybody's.
alter table person add column menu bigint not null default 0;
