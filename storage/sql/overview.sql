-- name: newest_event
select coalesce(max(id), 0), count(*) from event

-- name: every_document
select * from document_here where closed_at is null or closed_at > :closed_after order by since, id

-- name: told_of_document
select o.act, coalesce(t.role, '') as role, coalesce(t.village, '') as village, count(distinct o.chat) as chats,
    min(o.due_at) as due_at, max(o.sent_at) as sent_at
from outbox o
join event e on e.act = o.act and e.request = o.request and e.document = :document
left join post t on t.chat = o.chat and t.until is null
where o.kind = 'act' and o.due_at < :never
group by o.act, coalesce(t.role, ''), coalesce(t.village, ''), (o.sent_at is null)
order by o.act, 2, 3

-- name: load
select
    (select count(*) from inbox where done_at is null and failed_at is null) as updates,
    (select count(*) from outbox where sent_at is null and given_up_at is null and due_at < :never) as owed,
    (select count(*) from outbox where sent_at is null and given_up_at is null and due_at >= :never) as away,
    (select count(*) from inbox where failed_at is not null)
        + (select count(*) from outbox where given_up_at is not null) as stuck,
    (select count(*) from outbox where sent_at is not null) as sent

-- name: troubles
select
    (select count(*) from inbox where failed_at is not null)
        + (select count(*) from outbox where given_up_at is not null) as stuck,
    (select count(*) from person where unreachable is not null) as away

-- name: open_in_village
select * from document_now where closed_at is null and village = :village order by since, id limit :most

-- name: closed_in_village
select * from document_now where village = :village and closed_at > :after order by closed_at desc, id limit :most

-- name: off_the_road
select count(*), min(since) from document where stage = :stage and closed_at is null and hold is null


-- name: open_by_stage
select stage, count(*), sum(case when hold is not null then 1 else 0 end) from document
where closed_at is null group by stage

-- name: export_events
select e.id, e.at, e.kind, e.document, d.type, d.village, e.from_stage, e.to_stage, e.hold, a.role
from event e join act a on a.id = e.act join document d on d.id = e.document
where e.id > :after order by e.id limit :most
