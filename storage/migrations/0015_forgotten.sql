-- Who asked to be forgotten, under a keyed hash: a backup that is older forgets them again when it is restored.

create table forgotten (
    who text primary key,
    at bigint not null
);
create index forgotten_at on forgotten (at);
