-- What a head tells people, by language; to whom, how many there were when it began, and what came of it.

create table announcement (
    id bigint primary key,
    post bigint not null,
    texts text not null,
    made_at bigint not null,
    scope text not null default '',
    subject text not null default '',
    people bigint not null default 0,
    begun_at bigint,
    ended_at bigint,
    sent bigint not null default 0,
    missed text not null default '{}'
);
create index announcement_open on announcement (id) where begun_at is not null and ended_at is null;
