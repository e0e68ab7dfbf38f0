-- Which post has looked at what, once a day for each: a receipt number, a search or a month of figures. Never a name.

create table look (
    id bigint primary key,
    post bigint not null,
    what text not null,
    subject text not null,
    day bigint not null,
    at bigint not null
);
create unique index look_once on look (post, what, subject, day);
create index look_subject on look (subject, at);
create index look_at on look (at);
