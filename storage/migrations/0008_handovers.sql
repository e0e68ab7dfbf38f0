-- What a family gets is handed over for its request alone: a code to ask for, who fetched it and how one knew, a question
-- to the receiver, and what a family says that it did not get.

alter table request add column pickup text not null default '';
alter table request add column pickup_tries integer not null default 0;

alter table event add column fetched_by text not null default '';
alter table event add column proof text not null default '';

create table receiver (
    request bigint primary key references request (id),
    post bigint not null,
    asked_at bigint not null
);

create table objection (
    act bigint not null references act (id),
    request bigint not null references request (id),
    at bigint not null,
    settled_at bigint,
    primary key (act, request)
);
create index objection_open on objection (at) where settled_at is null;
