-- Births whose papers or name come later: a number of a booklet of its own (`reserved`), the day from which the 60 days of
-- the law count, by which post it was given, and the day of the last reminder.

create table birth (
    id bigint primary key,
    number text not null unique,
    village text not null,
    post bigint not null,
    born bigint not null,
    ends_at bigint not null,
    ended_at bigint,
    reminded integer not null default 0
);
create index birth_open on birth (born) where ended_at is null;
create index birth_given on birth (post) where ended_at is null;
create index birth_village on birth (village) where ended_at is null;
