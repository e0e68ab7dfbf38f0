-- name: add_original!
insert into original (request, act, paper, state) values (:request, :act, :paper, :state)

-- name: guard_originals
update request set papers = papers + 1 where id = :request and papers = :seen returning id

-- name: count_originals!
update request set papers_out = (
    select count(*) from original o where o.request = request.id and o.state = 'out'
    and not exists (select 1 from original n where n.request = o.request and n.paper = o.paper and n.act > o.act))
where id = :request

-- name: originals
select o.paper, o.state, o.act, a.kind, a.happened_at as at, a.role, a.village, p.chat
from original o join act a on a.id = o.act left join post p on p.id = coalesce(a.deputy, a.post)
where o.request = :request order by o.act, o.paper

-- name: originals_seen
select papers from request where id = :request

-- name: originals_left_at
select e.from_stage from document d join event e on e.document = d.id and e.version = d.version
where d.request = :request and d.closed_at is not null
and not exists (select 1 from document o where o.request = d.request and o.closed_at is null)
order by e.id desc limit 1

-- name: originals_out
select r.id as request, n.number, r.village, o.paper, r.closed_at as since,
    coalesce((select e.from_stage from document d join event e on e.document = d.id and e.version = d.version
        where d.request = r.id order by e.id desc limit 1), '') as left_at
from request r
join number n on n.request = r.id and n.until is null
join original o on o.request = r.id and o.state = 'out'
where r.papers_out > 0 and r.village = :village
and not exists (select 1 from original l where l.request = o.request and l.paper = o.paper and l.act > o.act)
order by r.closed_at, r.id, o.act, o.paper

-- name: villages_left_behind
select distinct village from request where papers_out > 0 and closed_at is not null

-- name: originals_in_use
select o.paper, count(*) as count from request r join original o on o.request = r.id and o.state = 'out'
where r.papers_out > 0
and not exists (select 1 from original l where l.request = o.request and l.paper = o.paper and l.act > o.act)
group by o.paper order by o.paper

-- name: hears_handover
select chat from outbox
where request = :request and kind = 'act' and sent_at is null and claim is null and facts like '%fetched_by%'

-- name: heard_of_originals
select chat from outbox
where act = :act and kind = 'papers' and (sent_at is not null or claim is not null or repeated = 1) order by id

-- name: withdraw_originals!
delete from outbox where act = :act and kind = 'papers' and sent_at is null and claim is null and repeated = 0
