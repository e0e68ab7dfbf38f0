-- name: add_consignment!
insert into consignment (act, stage, post, papers, given_at)
select a.id, :stage, coalesce(a.deputy, a.post), :papers, :now from act a where a.id = :act

-- name: consignment
select c.act, c.stage, c.post, c.papers, c.given_at, c.taken_by, c.taken_at, c.missed, c.searcher
from consignment c join act a on a.id = c.act and a.undone_by is null where c.act = :act

-- name: open_consignments
select c.act, c.stage, c.post, c.papers, c.given_at, c.taken_by, c.taken_at, c.missed, c.searcher
from consignment c join act a on a.id = c.act and a.undone_by is null
where c.taken_at is null and c.given_at > :since and c.given_at < :before and exists (
    select 1 from event e join document d on d.id = e.document and d.version = e.version
    where e.act = c.act and e.to_stage = c.stage)
order by c.given_at

-- name: consignment_of_cause
select c.act, c.stage, c.post, c.papers, c.given_at, c.taken_by, c.taken_at, c.missed, c.searcher
from cause k join consignment c on c.missed = k.act where k.id = :cause

-- name: consigned_papers
select e.version as seen, coalesce(l.state, '') as state, d.*
from event e join document_here d on d.id = e.document
left join consignment_line l on l.consignment = e.act and l.document = e.document
where e.act = :act and e.to_stage = :stage and e.kind = 'move' order by d.village, d.number, d.id

-- name: damage_of_request
select l.consignment as act, l.document, l.state
from document d
join consignment_line l on l.document = d.id
join act a on a.id = l.consignment and a.undone_by is null
where d.request = :request and l.state not in ('', 'missing') order by l.consignment, l.document

-- name: mark_paper!
insert into consignment_line (consignment, document, state)
select e.act, e.document, :state from event e join consignment c on c.act = e.act and c.taken_at is null
where e.act = :act and e.document = :document
on conflict (consignment, document) do update set state = :state

-- name: take_consignment
update consignment set taken_by = :post, taken_at = :now where act = :act and taken_at is null returning act

-- name: note_missed!
update consignment set missed = :missed, searcher = :searcher where act = :act

-- name: settle_act!
update act set grace_until = :now where id = :act and grace_until > :now
