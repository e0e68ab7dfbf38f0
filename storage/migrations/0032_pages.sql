-- Pages that a head may open in a browser: a link that opens once, then a session. Only keyed hashes of both are kept.

create table page (
    id bigint primary key,
    post bigint not null,
    lang text not null,
    link text not null,
    session text,
    made_at bigint not null,
    opened_at bigint,
    ended_at bigint
);
create unique index page_link on page (link);
create unique index page_session on page (session);
