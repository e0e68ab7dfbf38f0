-- When a village fetches what lies ready, as one of its officers has promised: a day by its number, and how many such
-- days went by without it. A person is not reminded before the day until which they have put it off.

create table pickup (
    village text primary key,
    day bigint not null,
    promised_at bigint not null,
    post bigint not null,
    missed bigint not null default 0
);
alter table person add column snoozed bigint not null default 0;
