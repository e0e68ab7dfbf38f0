-- Who wants to be told of a receipt of which many are told already: the village decides, and whom it refused stays so.

create table asker (
    id bigint primary key,
    chat bigint not null,
    number text not null,
    village text not null,
    lang text not null,
    asked_at bigint not null,
    refused_at bigint
);
create unique index asker_once on asker (chat, number);
