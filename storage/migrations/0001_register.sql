-- The register. One text for SQLite and PostgreSQL: ids and times are bigint (epoch milliseconds, UTC), flags are integers.

create table person (
    chat bigint primary key,
    lang text,
    code text,
    paused_until bigint not null default 0,
    unreachable text,
    unreachable_at bigint
);

create table consent (
    id bigint primary key,
    chat bigint not null,
    given_at bigint not null,
    wording integer not null,
    lang text not null,
    withdrawn_at bigint
);
create index consent_chat on consent (chat);

create table post (
    id bigint primary key,
    chat bigint not null,
    role text not null,
    village text not null default '',
    ordinal integer not null,
    since bigint not null,
    until bigint,
    last_act_at bigint
);
create unique index post_held on post (chat, role, village) where until is null;
create index post_chat on post (chat);
create unique index post_ordinal on post (role, village, ordinal);

create table invite (
    id bigint primary key,
    digest text not null unique,
    role text not null,
    village text not null default '',
    made_by bigint,
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    used_by bigint
);

create table act (
    id bigint primary key,
    kind text not null,
    post bigint,
    role text not null,
    village text not null default '',
    how text not null,
    key text unique,
    happened_at bigint not null,
    recorded_at bigint not null,
    grace_until bigint not null,
    undone_by bigint
);
create index act_filed on act (post) where kind = 'file';

create table request (
    id bigint primary key,
    village text not null,
    draft text not null unique,
    mourned integer not null,
    act bigint not null references act (id),
    filed_at bigint not null,
    closed_at bigint
);
create unique index request_act on request (act);

create table number (
    number text primary key,
    request bigint not null references request (id),
    since bigint not null,
    until bigint
);
create index number_request on number (request);

create table document (
    id bigint primary key,
    request bigint not null references request (id),
    type text not null,
    village text not null,
    stage text not null,
    since bigint not null,
    version bigint not null,
    hold text,
    hold_since bigint,
    hold_review bigint,
    holder bigint,
    closed_at bigint
);
create index document_request on document (request);
create index document_waiting on document (village, stage, type, since) where closed_at is null;
create index document_oldest on document (stage, since, id) where closed_at is null;

create table event (
    id bigint primary key,
    act bigint not null references act (id),
    document bigint not null references document (id),
    request bigint not null,
    kind text not null,
    from_stage text,
    to_stage text not null,
    version bigint not null,
    hold text,
    cause bigint,
    at bigint not null,
    was_since bigint,
    was_holder bigint,
    was_hold text,
    was_hold_since bigint,
    was_hold_review bigint
);
create unique index event_version on event (document, version);
create index event_act on event (act);

create table follow (
    chat bigint not null,
    number text not null,
    since bigint not null,
    expires_at bigint,
    consent bigint,
    primary key (chat, number)
);
create index follow_number on follow (number);

create table bag (
    id bigint primary key,
    chat bigint not null,
    from_stage text not null,
    to_stage text not null,
    made_at bigint not null,
    act bigint,
    village text not null default ''
);

create table bag_item (
    bag bigint not null references bag (id),
    place bigint not null,
    document bigint not null,
    seen bigint not null,
    ticked integer not null,
    primary key (bag, place)
);

create table miss (
    id bigint primary key,
    chat bigint not null,
    at bigint not null
);
create index miss_at on miss (at);
create index miss_chat on miss (chat, at);

create table inbox (
    update_id bigint primary key,
    lane bigint not null,
    body text,
    received_at bigint not null,
    done_at bigint,
    tries integer not null default 0,
    failed_at bigint,
    error text
);
create index inbox_open on inbox (update_id) where done_at is null and failed_at is null;
create index inbox_done on inbox (done_at) where done_at is not null;
create index inbox_failed on inbox (failed_at) where failed_at is not null;

create table outbox (
    id bigint primary key,
    key text not null unique,
    chat bigint not null,
    priority integer not null,
    kind text not null,
    act bigint,
    request bigint,
    facts text not null default '{}',
    owed_at bigint not null,
    due_at bigint not null,
    claim bigint,
    tries integer not null default 0,
    sent_at bigint,
    given_up_at bigint,
    error text
);
create index outbox_due on outbox (priority, due_at, id) where sent_at is null and given_up_at is null and claim is null;
create index outbox_claimed on outbox (claim) where claim is not null;
create index outbox_chat on outbox (chat, due_at, id) where sent_at is null and given_up_at is null;
create index outbox_owed on outbox (owed_at) where sent_at is null and given_up_at is null;
create index outbox_act on outbox (act) where act is not null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;
create index outbox_given_up on outbox (given_up_at) where given_up_at is not null;

create table mark (
    name text primary key,
    at bigint not null,
    note text not null default ''
);

create table lease (
    name text primary key,
    holder text not null,
    until bigint not null
);
