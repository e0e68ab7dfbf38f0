-- name: stand_in
select * from stand_in_posts where id = :id

-- name: stand_ins
select * from stand_in_posts where ended_at is null and until > :now order by id

-- name: stand_ins_of_chat
select * from stand_in_posts
where ended_at is null and until > :now and id in (
    select s.id from stand_in s join post p on p.id = s.post
    where s.ended_at is null and p.chat = :chat and p.until is null
    union all
    select s.id from stand_in s join post d on d.id = s.deputy
    where s.ended_at is null and d.chat = :chat and d.until is null)
order by id

-- name: stand_ins_of_post
select id from stand_in where ended_at is null and (post = :post or deputy = :post) order by id

-- name: stand_ins_over
select id from stand_in where ended_at is null and until <= :now order by id

-- name: ask_stand_in
insert into stand_in (id, post, deputy, asked_by, asked_at, until)
select :id, p.id, d.id, :asked_by, :now, :until
from post p join post d on d.id = :deputy and d.until is null
where p.id = :post and p.until is null
on conflict do nothing returning id

-- name: accept_stand_in
update stand_in set accepted_at = :now
where id = :id and accepted_at is null and ended_at is null and until > :now
and exists (select 1 from post p where p.id = stand_in.post and p.until is null)
and exists (select 1 from post d where d.id = stand_in.deputy and d.until is null)
returning id

-- name: end_stand_in
update stand_in set ended_at = :now where id = :id and ended_at is null returning id

-- name: head_chats
select distinct chat from post where role = 'head' and until is null order by chat

-- name: on_duty
select coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as stands,
    t.id, t.role, t.village, t.ordinal, t.since, t.last_act_at, t.chat, t.label,
    coalesce((select l.deputy from lent l where l.post = t.id and l.until > :now), 0) as deputy, 0 as covered
from post t where t.until is null order by deputy, t.id

-- name: carried_by
select * from document_here where holder = :post and closed_at is null and stage = :stage order by since, id

-- name: pass_document
update document set holder = :holder, version = version + 1 where id = :id and version = :seen returning id

-- name: note_passed!
insert into event (id, act, document, request, kind, from_stage, to_stage, version, hold, cause, at, stopped,
    was_since, was_holder, was_hold, was_hold_since, was_hold_review)
select :event, :act, d.id, d.request, 'pass', d.stage, d.stage, d.version, d.hold, d.cause, :now, d.stopped,
    d.since, :was, d.hold, d.hold_since, d.hold_review
from document d where d.id = :id
