-- Misses are kept under keyed hashes: `who` missed `what` says neither a chat nor a number, and goes after an hour.

create table secret (
    name text primary key,
    value text not null
);

drop table miss;

create table miss (
    who text not null,
    what text not null,
    at bigint not null,
    primary key (who, what)
);
create index miss_at on miss (at);
