-- A family was asked for money: where, by which role, how much; whose chat told it only until that is answered.

create table demand (
    id bigint primary key,
    chat bigint,
    lang text not null,
    village text not null,
    role text not null,
    paid text not null,
    at bigint not null,
    seen_at bigint,
    settled_at bigint
);
create unique index demand_once on demand (chat, village, role);
