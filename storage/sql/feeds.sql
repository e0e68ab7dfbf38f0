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

-- name: subscribe!
insert into feed_subscription (id, system, asked, criteria, made_at, upto, due_at)
select :id, :system, :asked, :criteria, :now, coalesce(max(id), 0), :now from act where true
on conflict (system, asked) do nothing

-- name: skip_done!
insert into feed_told (subscription, act)
select s.id, a.id from feed_subscription s join act a on a.id > s.upto - :lookback
where s.id = :id on conflict do nothing

-- name: subscription_asked
select id, ended_at from feed_subscription where system = :system and asked = :asked

-- name: subscriptions_of
select id, criteria, tries, error from feed_subscription where system = :system and ended_at is null order by id

-- name: unsubscribe
update feed_subscription set ended_at = :now where id = :id and system = :system and ended_at is null returning id

-- name: due_subscriptions
select s.id, y.id as system, y.name, y.url, s.criteria, s.made_at, s.confirmed_at, s.upto, s.tries
from feed_subscription s join feed_system y on y.id = s.system
where s.ended_at is null and y.revoked_at is null and (s.due_at <= :now or s.due_at > :beyond) order by s.id

-- name: untold_acts
select a.id from act a
where a.id > :after and a.recorded_at <= :until
    and not exists (select 1 from feed_told t where t.subscription = :subscription and t.act = a.id)
order by a.id limit :most

-- name: note_told!
insert into feed_told (subscription, act) values (:subscription, :act) on conflict do nothing

-- name: told_upto!
update feed_subscription set upto = case when upto < :act then :act else upto end, tries = 0, error = '' where id = :id

-- name: drop_told!
delete from feed_told where subscription = :subscription and act < :before

-- name: confirm_subscription!
update feed_subscription set confirmed_at = :now, tries = 0, error = '' where id = :id

-- name: subscription_later!
update feed_subscription set tries = tries + 1, due_at = :due_at, error = :error where id = :id

-- name: criteria_of_subscriptions
select id, criteria from feed_subscription order by id

-- name: rewrite_subscription!
update feed_subscription set criteria = :criteria where id = :id

-- name: subscriptions_ever
select id, criteria, made_at, confirmed_at, ended_at from feed_subscription where system = :system order by id

-- name: deferred_waiting
select count(*) from feed_deferred where system = :system and answered_at is null

-- name: defer!
insert into feed_deferred (id, system, action, asked, message, made_at, due_at)
values (:id, :system, :action, :asked, :message, :now, :now) on conflict (system, action, asked) do nothing

-- name: deferred_asked
select f.id, f.system, y.name, y.url, f.action, f.asked, f.message, f.made_at, f.tries, f.answered_at
from feed_deferred f join feed_system y on y.id = f.system
where f.system = :system and f.action = :action and (f.asked = :asked or f.id = :id)

-- name: due_deferred
select f.id, f.system, y.name, y.url, f.action, f.asked, f.message, f.made_at, f.tries, f.answered_at
from feed_deferred f join feed_system y on y.id = f.system
where f.answered_at is null and y.revoked_at is null and (f.due_at <= :now or f.due_at > :beyond) order by f.id

-- name: deferred_answered!
update feed_deferred set answered_at = :now, tries = 0, error = '' where id = :id

-- name: deferred_later!
update feed_deferred set tries = tries + 1, due_at = :due_at, error = :error where id = :id

-- name: purge_deferred!
delete from feed_deferred where made_at < :before
