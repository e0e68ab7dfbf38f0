-- Other systems that read how documents go on: who may (only a keyed hash of the key is kept), what each subscribed to,
-- and which acts each was told of lately. The queue is the ledger itself: what is not told yet stands there.

create table feed_system (
    id bigint primary key,
    name text not null,
    key text not null unique,
    url text not null,
    made_at bigint not null,
    revoked_at bigint
);
create unique index feed_system_name on feed_system (name) where revoked_at is null;

create table feed_subscription (
    id bigint primary key,
    system bigint not null references feed_system (id),
    asked text not null,
    criteria text not null,
    made_at bigint not null,
    confirmed_at bigint,
    upto bigint not null,
    tries bigint not null default 0,
    due_at bigint not null,
    error text not null default '',
    ended_at bigint
);
create unique index feed_subscription_asked on feed_subscription (system, asked);

create table feed_told (
    subscription bigint not null references feed_subscription (id),
    act bigint not null,
    primary key (subscription, act)
);

create index request_filed_at on request (filed_at);
