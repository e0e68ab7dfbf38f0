-- name: pickups
select village, day, promised_at, post, missed from pickup order by day, village

-- name: promise_pickup!
insert into pickup (village, day, promised_at, post) values (:village, :day, :now, :post)
on conflict (village) do update set day = excluded.day, post = excluded.post,
    missed = case when :again = 1 then pickup.missed else 0 end,
    promised_at = case when :again = 1 then pickup.promised_at else excluded.promised_at end

-- name: end_pickup!
delete from pickup where village = :village

-- name: miss_pickup!
update pickup set day = :day, missed = missed + :missed where village = :village and day < :day

-- name: snooze!
insert into person (chat, snoozed) values (:chat, :day) on conflict (chat) do update set snoozed = excluded.snoozed

-- name: snoozing
select chat, snoozed from person where snoozed > :day

-- name: ring!
insert into person (chat, rang_at) values (:chat, :now) on conflict (chat) do update set rang_at = excluded.rang_at

-- name: rung
select chat, rang_at from person where rang_at <= :now

-- name: couriers_papers
select p.id, p.role, p.village, p.ordinal, p.since, p.last_act_at, p.chat, p.label, 0 as deputy, 0 as covered,
    d.stage, count(*) as count, max(d.since) as newest
from document d join post p on p.id = d.holder and p.until is null
where d.holder is not null and d.closed_at is null and d.hold is null
and not exists (select 1 from lent l where l.post = p.id and l.until > :now)
group by p.id, p.role, p.village, p.ordinal, p.since, p.last_act_at, p.chat, p.label, d.stage

-- name: unfetched
select f.chat, d.request, min(d.since) as since
from document d
join number n on n.request = d.request and n.until is null
join follow f on f.number = n.number and f.expires_at is null
where d.closed_at is null and d.hold is null and d.stage = :stage and d.since < :before and d.since > :after
group by f.chat, d.request order by d.request, f.chat

-- name: filed_in_month
select d.type, d.stage, count(*) as count from request r join document d on d.request = r.id
where r.village = :village and r.filed_at >= :since and r.filed_at < :until group by d.type, d.stage
