-- What leaves for nobody at present, as a head has said: all, one village's or one kind. What goes on again has ended.

create table pause (
    id bigint primary key,
    scope text not null,
    subject text not null default '',
    reason text not null,
    post bigint not null,
    paused_at bigint not null,
    ended_at bigint
);
create unique index pause_standing on pause (scope, subject) where ended_at is null;
