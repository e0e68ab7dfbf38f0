-- name: keep_proxy!
insert into proxy (request, lang, since) values (:request, '', :now) on conflict (request) do nothing

-- name: end_proxy!
delete from proxy where request = :request

-- name: speak_by_proxy!
update proxy set lang = :lang where request = :request

-- name: is_proxied
select request from proxy where request = :request

-- name: unreached_families
select distinct e.request, r.village from event e join request r on r.id = e.request
where e.act = :act and e.kind <> 'late' and (
    exists (select 1 from proxy x where x.request = e.request)
    or exists (
        select 1 from number n join follow f on f.number = n.number
        join person p on p.chat = f.chat and p.unreachable is not null
        where n.request = e.request and f.chat <> :actor and (f.expires_at is null or f.expires_at > :now)))
and (:is_news = 1 or e.hold is null and (e.was_hold is not null or e.kind = 'resume') and exists (
    select 1 from event h join relay u on u.act = h.act and u.request = h.request and u.told_by is not null
    where h.document = e.document and h.version < e.version and h.kind in ('hold', 'return')
    and not exists (
        select 1 from event k
        where k.document = e.document and k.version > h.version and k.version < e.version and k.kind <> 'hold')))
order by e.request

-- name: open_relay!
insert into relay (request, act, village, at) values (:request, :act, :village, :at) on conflict (request, act) do nothing

-- name: relay_hearers
select distinct coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat, t.role
from post t
where t.until is null and (t.role = 'district_desk' or t.role = 'village_officer' and t.village = :village)
order by chat

-- name: relay_superfluous!
update relay set told_at = :now where told_at is null and request in (select e.request from event e where e.act = :act)

-- name: reopen_relay!
update relay set told_at = null
where request = :request and told_by is null and told_at = (select a.recorded_at from act a where a.id = :act)

-- name: left_to_relay
select distinct r.request, r.village from relay u
join relay r on r.request = u.request and r.act < u.act and r.told_at is null
join act a on a.id = r.act and a.undone_by is null
where u.act = :act

-- name: open_relays
select r.request, max(r.act) as act, n.number, r.village, min(r.at) as since, coalesce(x.lang, '') as lang,
    case when x.request is null then 1 else 0 end as lost
from relay r
join act a on a.id = r.act and a.undone_by is null
join number n on n.request = r.request and n.until is null
left join proxy x on x.request = r.request
where r.told_at is null and (:village = '' or r.village = :village) and (x.request is not null or exists (
    select 1 from number m join follow f on f.number = m.number
    join person p on p.chat = f.chat and p.unreachable is not null
    where m.request = r.request))
group by r.request, n.number, r.village, x.request, x.lang order by since, r.request

-- name: relay_told
update relay set told_at = :now, told_by = :post where request = :request and act <= :act and told_at is null
returning request

-- name: last_relay
select told_at from relay where request = :request and told_at is not null order by told_at desc limit 1

-- name: told_by_relay
select request, village from relay where act = :act and told_at is not null and told_by is not null

-- name: missed_milestones
select distinct o.request, o.act, r.village, e.to_stage, coalesce(case when e.kind = 'hold' then e.hold end, '') as hold
from person p
join outbox o on o.chat = p.chat and o.sent_at is null and o.given_up_at is null and o.kind = 'act'
join request r on r.id = o.request
join act a on a.id = o.act and a.undone_by is null
join event e on e.act = o.act and e.request = o.request
join number n on n.request = o.request
join follow f on f.number = n.number and f.chat = p.chat
where p.unreachable is not null
and not exists (select 1 from relay l where l.request = o.request and l.act >= o.act)
order by o.act

-- name: purge_relays!
delete from relay where request in (select id from request where closed_at < :before)

-- name: purge_proxies!
delete from proxy where request in (select id from request where closed_at < :before)
