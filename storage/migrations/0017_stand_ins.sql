-- Who stands in for the holder of a post, until when: asked, then perhaps accepted, at last ended.

create table stand_in (
    id bigint primary key,
    post bigint not null,
    deputy bigint not null,
    asked_by bigint not null,
    asked_at bigint not null,
    until bigint not null,
    accepted_at bigint,
    ended_at bigint
);
create unique index stand_in_open on stand_in (post) where ended_at is null;
create index stand_in_deputy on stand_in (deputy) where ended_at is null;

-- Of an act that was done in the place of the holder of its post: the post of whoever did it.
alter table act add column deputy bigint;

-- What is lent now, if `until` is not over: to which chat, by which of its posts. It ends with that post.
create view lent as
select s.id, s.post, s.deputy, d.chat, s.until
from stand_in s join post d on d.id = s.deputy and d.until is null
where s.accepted_at is not null and s.ended_at is null;

create view stand_in_posts as
select s.id, s.until, s.asked_by, s.accepted_at, s.ended_at,
    p.id as post, p.role, p.village, p.ordinal, p.since, p.last_act_at, p.chat, p.label,
    d.id as deputy, d.role as deputy_role, d.village as deputy_village, d.ordinal as deputy_ordinal,
    d.since as deputy_since, d.last_act_at as deputy_last_act_at, d.chat as deputy_chat, d.label as deputy_label
from stand_in s join post p on p.id = s.post join post d on d.id = s.deputy;

-- As event_by, with who really did it: the chat is theirs.
create view event_done as
select e.document, e.kind, e.from_stage, e.to_stage, e.version, e.at, e.act, a.role, a.village,
    coalesce(d.chat, p.chat) as chat, coalesce(d.role, '') as deputy_role, coalesce(d.village, '') as deputy_village
from event e join act a on a.id = e.act left join post p on p.id = a.post left join post d on d.id = a.deputy;
