-- name: draft_announcement!
insert into announcement (id, post, texts, made_at) values (:id, :post, :texts, :now)

-- name: announcement
select id, texts as words, scope, subject, people, begun_at, ended_at, sent, missed from announcement where id = :id

-- name: announcements
select id, texts as words, scope, subject, people, begun_at, ended_at, sent, missed from announcement
where begun_at is not null order by id desc limit :most

-- name: announcements_under_way
select id from announcement where begun_at is not null and ended_at is null order by id

-- name: begin_announcement
update announcement set scope = :scope, subject = :subject, people = :people, begun_at = :now
where id = :id and begun_at is null returning id

-- name: end_announcement
update announcement set ended_at = :now, sent = :sent, missed = :missed
where id = :id and begun_at is not null and ended_at is null returning id

-- name: purge_announcements!
delete from announcement where ended_at < :before or (begun_at is null and made_at < :drafts_before)

-- name: hearers_of_all
select f.chat, min(r.village) as village
from follow f join number n on n.number = f.number join request r on r.id = n.request
where f.expires_at is null group by f.chat order by f.chat

-- name: hearers_of_village
select x.chat, :subject as village from (
    select f.chat from follow f join number n on n.number = f.number join request r on r.id = n.request
    where f.expires_at is null and r.village = :subject
    union select t.chat from post t where t.until is null and t.village = :subject) x
order by x.chat

-- name: hearers_of_stage
select f.chat, min(d.village) as village
from document d join number n on n.request = d.request and n.until is null join follow f on f.number = n.number
where f.expires_at is null and d.closed_at is null and d.stage = :subject group by f.chat order by f.chat

-- name: hearers_of_role
select t.chat, min(t.village) as village from post t
where t.until is null and t.role = :subject group by t.chat order by t.chat

-- name: announced
select coalesce(sum(case when sent_at is not null then 1 else 0 end), 0) as sent,
    coalesce(sum(case when sent_at is null and given_up_at is null and due_at < :never then 1 else 0 end), 0) as waiting
from outbox where act = :id and kind = 'announcement'

-- name: unannounced
select facts from outbox where act = :id and kind = 'announcement' and sent_at is null

-- name: withdraw_announcement!
delete from outbox where act = :id and kind = 'announcement' and sent_at is null and claim is null
and (:whole = 1 or given_up_at is not null or due_at >= :never)
