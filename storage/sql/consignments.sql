-- name: add_consignment!
insert into consignment (act, lead, stage, post, papers, given_at)
select a.id, :lead, :stage, coalesce(a.deputy, a.post), :papers, :now from act a where a.id = :act

-- name: join_consignment
update consignment set stage = stage where taken_at is null and act = (
    select c.lead from consignment c
    join act a on a.id = c.act and a.undone_by is null
    join act b on b.id = :act and coalesce(b.deputy, b.post) = c.post
    join event e on e.act = c.act
    join document d on d.id = e.document and d.version = e.version
    where c.taken_at is null and c.given_at > :since and c.stage = :stage and not exists (
        select 1 from event o where o.act = c.act and o.request <> e.request)
    order by c.given_at desc, c.act desc limit 1) returning act

-- name: put_off_counting!
update outbox set owed_at = :owed_at, due_at = :due_at
where key = :key and due_at < :due_at and sent_at is null and given_up_at is null and claim is null

-- name: lock_consignment
update consignment set stage = stage where act = :act returning act

-- name: consignment
select c.lead as act, c.stage, c.post, sum(c.papers) as papers, min(c.given_at) as given_at,
    c.taken_by, c.taken_at, c.missed, c.searcher
from consignment c join act a on a.id = c.act and a.undone_by is null where c.lead = :act
group by c.lead, c.stage, c.post, c.taken_by, c.taken_at, c.missed, c.searcher

-- name: open_consignments
select c.lead as act, c.stage, c.post, sum(c.papers) as papers, min(c.given_at) as given_at,
    c.taken_by, c.taken_at, c.missed, c.searcher
from consignment c join act a on a.id = c.act and a.undone_by is null
where c.taken_at is null and c.given_at > :since and c.given_at < :before and exists (
    select 1 from event e join document d on d.id = e.document and d.version = e.version
    where e.act = c.act and e.to_stage = c.stage)
group by c.lead, c.stage, c.post, c.taken_by, c.taken_at, c.missed, c.searcher
order by min(c.given_at)

-- name: open_consigned_types
select distinct c.lead as act, d.type from consignment c
join event e on e.act = c.act and e.to_stage = c.stage and e.kind = 'move'
join document d on d.id = e.document
where c.taken_at is null and c.given_at > :since and c.given_at < :before

-- name: consignment_of_cause
select c.lead as act, c.stage, c.post, sum(c.papers) as papers, min(c.given_at) as given_at,
    c.taken_by, c.taken_at, c.missed, c.searcher
from cause k join consignment c on c.missed = k.act where k.id = :cause
group by c.lead, c.stage, c.post, c.taken_by, c.taken_at, c.missed, c.searcher

-- name: consigned_papers
select e.version as seen, coalesce(l.state, '') as state, d.*
from consignment c
join act a on a.id = c.act and a.undone_by is null
join event e on e.act = c.act and e.to_stage = c.stage and e.kind = 'move'
join document_here d on d.id = e.document
left join consignment_line l on l.consignment = e.act and l.document = e.document
where c.lead = :act order by d.village, d.number, d.id

-- name: damage_of_request
select l.consignment as act, l.document, l.state
from document d
join consignment_line l on l.document = d.id
join act a on a.id = l.consignment and a.undone_by is null
where d.request = :request and l.state not in ('', 'missing') order by l.consignment, l.document

-- name: mark_paper!
insert into consignment_line (consignment, document, state)
select e.act, e.document, :state from event e
join consignment c on c.act = e.act and c.taken_at is null and c.lead = :act
join act a on a.id = c.act and a.undone_by is null
where e.document = :document
on conflict (consignment, document) do update set state = :state

-- name: take_consignment
update consignment set taken_by = :post, taken_at = :now where lead = :act and taken_at is null returning act

-- name: note_missed!
update consignment set missed = :missed, searcher = :searcher where lead = :act

-- name: settle_acts!
update act set grace_until = :now
where grace_until > :now and id in (select c.act from consignment c where c.lead = :act)
