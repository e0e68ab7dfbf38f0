-- Which news somebody wants, '' until they choose; and of a receipt the message in a chat that is kept up to date.

alter table person add column news text not null default '';

create table card (
    chat bigint not null,
    request bigint not null,
    message bigint not null,
    primary key (chat, request)
);
