-- name: set_pickup!
update request set pickup = :code where id = :request

-- name: pickup
select pickup, pickup_tries from request where id = :request

-- name: right_pickup
select id from request where id = :request and pickup = :code and pickup <> '' and pickup_tries < :tries

-- name: count_pickup_try!
update request set pickup_tries = pickup_tries + 1 where id = :request

-- name: note_handover!
update event set fetched_by = :fetched_by, proof = :proof where act = :act

-- name: fetched_by
select fetched_by from event where act = :act and request = :request order by id limit 1

-- name: handovers_of
select e.document, e.version, e.act, e.at, e.fetched_by, o.at as objected_at, o.settled_at
from document d
join event e on e.document = d.id
left join objection o on o.act = e.act and o.request = e.request
where d.request = :request and (e.fetched_by <> '' or o.at is not null) order by e.id

-- name: tell_fetcher!
update outbox set facts = :facts where act = :act and kind = 'act' and facts = '{}'

-- name: ask_receiver!
insert into receiver (request, post, asked_at) values (:request, :post, :now)
on conflict (request) do update set post = excluded.post, asked_at = excluded.asked_at

-- name: receivers
select f.chat from follow f
where f.number = :number and f.chat <> :asker and (f.expires_at is null or f.expires_at > :now) order by f.since

-- name: receiver_asked
select p.chat from receiver r join post p on p.id = r.post and p.until is null
where r.request = :request and r.asked_at >= :since

-- name: receiver_answered!
delete from receiver where request = :request

-- name: handed_to
select e.to_stage
from event e
join act a on a.id = e.act and a.undone_by is null
join number n on n.request = e.request
join follow f on f.number = n.number and f.chat = :chat
where e.act = :act and e.request = :request and e.kind = 'move' and e.at >= :since order by e.id limit 1

-- name: object!
insert into objection (act, request, at) values (:act, :request, :now) on conflict (act, request) do update
set at = excluded.at, settled_at = null where objection.settled_at is not null

-- name: objection
select o.act, o.request, n.number, r.village, o.at
from objection o
join request r on r.id = o.request
join number n on n.request = o.request and n.until is null
where o.act = :act and o.request = :request and o.settled_at is null

-- name: objections
select o.act, o.request, n.number, r.village, o.at
from objection o
join request r on r.id = o.request
join number n on n.request = o.request and n.until is null
where o.settled_at is null order by o.at, o.act

-- name: settle_objection
update objection set settled_at = :now where act = :act and request = :request and settled_at is null returning act

-- name: hears_objections
select distinct coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat from post t
where t.until is null and (t.role in ('district_desk', 'head') or t.role = 'village_officer' and t.village = :village)
order by chat
