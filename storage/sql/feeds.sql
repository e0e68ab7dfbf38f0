-- name: add_system
insert into feed_system (id, name, key, url, made_at) values (:id, :name, :key, :url, :now)
on conflict do nothing returning id

-- name: system_of_key
select id, name, url, made_at, revoked_at from feed_system where key = :key and revoked_at is null

-- name: systems
select id, name, url, made_at, revoked_at from feed_system order by id

-- name: revoke_system
update feed_system set revoked_at = :now where name = :name and revoked_at is null returning id

-- name: end_subscriptions!
update feed_subscription set ended_at = :now where system = :system and ended_at is null

-- name: feed_requests
select r.filed_at,
    coalesce((select a.recorded_at from event e join act a on a.id = e.act
        where e.document = d.id and e.version = d.version), d.since) as updated_at, d.*
from request r join document_here d on d.request = r.id
where r.filed_at >= :since and r.filed_at < :until
    and (:types = '' or replace(:types, ',' || d.type || ',', '') <> :types)
    and ((:opened = 1 and d.closed_at is null) or (:closed = 1 and d.closed_at is not null))
order by r.filed_at desc, d.id limit :most

-- name: feed_document
select r.filed_at,
    coalesce((select a.recorded_at from event e join act a on a.id = e.act
        where e.document = d.id and e.version = d.version), d.since) as updated_at, d.*
from document_here d join request r on r.id = d.request where d.id = :document

-- name: feed_counts
select d.village, d.type, count(distinct d.request) from request r join document d on d.request = r.id
where r.filed_at >= :since and r.filed_at < :until group by d.village, d.type
