-- Days on which the counters stay closed, as a head has said, by the numbers of their dates. One that was taken back
-- has ended.

create table closure (
    id bigint primary key,
    first_day bigint not null,
    last_day bigint not null,
    reason text not null,
    post bigint not null,
    closed_at bigint not null,
    ended_at bigint
);
