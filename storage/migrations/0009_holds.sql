-- Why documents stand still: a reason with its place, that documents share. One that `gathers` is a held queue: what
-- comes to its stage (every stage of the reason, if none is named) is held as well, until an act ends it.

create table cause (
    id bigint primary key,
    act bigint not null,
    reason text not null,
    gathers integer not null,
    stage text not null default '',
    type text not null default '',
    village text not null default '',
    since bigint not null,
    review bigint,
    ended_by bigint
);
create index cause_standing on cause (id) where gathers = 1 and ended_by is null;
create index cause_act on cause (act);
create index cause_ended on cause (ended_by) where ended_by is not null;

alter table document add column cause bigint;
create index document_held on document (cause, since, id) where cause is not null;

-- For how long (ms) a document has stood where it is while that was not the service's delay; and the record with it.

alter table document add column stopped bigint not null default 0;
alter table event add column stopped bigint not null default 0;

create view document_here as
select d.id, d.request, n.number, d.village, d.type, d.stage, d.since, d.version, d.hold, d.hold_since, d.hold_review,
    d.holder, d.closed_at, d.stopped
from document d join number n on n.request = d.request and n.until is null;

-- What is on hold waits for nobody's leg.
drop index document_waiting;
create index document_waiting on document (village, stage, type, since, hold, stopped) where closed_at is null;
drop index document_oldest;
create index document_oldest on document (stage, since, id) where closed_at is null and hold is null;
