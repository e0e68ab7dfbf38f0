-- What may have reached somebody already says so when it is sent again: 1 for a row whose last send nobody knows the end of.

alter table outbox add column repeated integer not null default 0;
