-- name: add_remark!
insert into remark (act, document, words) values (:act, :document, :words)

-- name: remarks
select e.document, e.from_stage as left_at, r.words
from event e
join document d on d.id = e.document and d.version = e.version
join remark r on r.act = e.act and r.document = e.document
where e.request = :request and d.request = :request

-- name: returned_from
select e.from_stage as stage, count(*) as count
from document d join event e on e.document = d.id and e.version = d.version
where d.closed_at is null and e.kind = 'return' group by e.from_stage
