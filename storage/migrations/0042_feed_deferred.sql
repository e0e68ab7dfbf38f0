-- What other systems asked for and are answered later, at their own address.

create table feed_deferred (
    id bigint primary key,
    system bigint not null references feed_system (id),
    action text not null,
    asked text not null,
    message text not null,
    made_at bigint not null,
    tries bigint not null default 0,
    due_at bigint not null,
    error text not null default '',
    answered_at bigint
);
create unique index feed_deferred_asked on feed_deferred (system, action, asked);
