-- What a family asks about a request, until that is answered: then the row goes.

create table question (
    id bigint primary key,
    chat bigint not null,
    lang text not null,
    request bigint not null references request (id),
    what text not null,
    role text not null,
    at bigint not null,
    seen_at bigint
);
create unique index question_once on question (chat, request);
