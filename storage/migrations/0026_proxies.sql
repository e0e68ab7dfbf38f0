-- Families whom no message reaches: of a request without Telegram the village's officers bring the news (`proxy`), in a
-- language that they chose (none: ''). What there is to tell of an act is one task of the village (`relay`), until
-- somebody has told the family. So it is for those who follow and are out of reach.

create table proxy (
    request bigint primary key references request (id),
    lang text not null default '',
    since bigint not null
);

create table relay (
    request bigint not null references request (id),
    act bigint not null references act (id),
    village text not null,
    at bigint not null,
    told_at bigint,
    told_by bigint,
    primary key (request, act)
);
create index relay_open on relay (village) where told_at is null;
create index relay_act on relay (act);
create index person_away on person (chat) where unreachable is not null;
