-- name: add_cause!
insert into cause (id, act, reason, gathers, stage, type, village, since, review)
values (:id, :act, :reason, :gathers, :stage, :type, :village, :since, :review)

-- name: cause
select id, reason, gathers, stage, type, village, since, review from cause where id = :id and ended_by is null

-- name: acts_of_cause
select act, ended_by from cause where id = :id

-- name: standing_causes
select id, reason, gathers, stage, type, village, since, review from cause
where gathers = 1 and ended_by is null order by id

-- name: let_go_at
-- The last act that let a document go on where it is since, and was not taken back.
select max(a.id) from event r join act a on a.id = r.act and a.kind = 'release' and a.undone_by is null
where r.document = :document and not exists (
    select 1 from event k
    where k.document = r.document and k.version > r.version and k.from_stage <> k.to_stage and k.kind <> 'undo'
    and not exists (select 1 from event u where u.document = k.document and u.version = k.version + 1 and u.kind = 'undo'))

-- name: came_since
-- What is free, and has made a step since an act.
select d.* from document_here d
where d.id in (select e.document from event e where e.act > :act and e.act <> :back) and d.hold is null and d.closed_at is null
order by d.id

-- name: end_cause
update cause set ended_by = :act where id = :id and ended_by is null returning id

-- name: end_gathering!
update cause set ended_by = :undo where act = :act and gathers = 1 and ended_by is null

-- name: restore_review!
update cause set review = (select min(e.was_hold_review) from event e where e.act = :act and e.cause = cause.id)
where act <> :act and id in (select e.cause from event e where e.act = :act and e.kind = 'hold')

-- name: ended_causes
select id, reason from cause where ended_by = :act

-- name: revive_causes
update cause set ended_by = null where ended_by = :act returning id

-- name: postpone_cause
update cause set review = :review where id = :id and ended_by is null returning id

-- name: count_queue
select count(*) from document
where closed_at is null and hold is null and stage = :stage
and (:type = '' or type = :type) and (:village = '' or village = :village)

-- name: note_queue!
insert into event (id, act, document, request, kind, from_stage, to_stage, version, hold, cause, at, stopped,
    was_since, was_holder)
select :first + row_number() over (order by d.id), :act, d.id, d.request, 'hold', d.stage, d.stage, d.version + 1,
    :reason, :cause, :now, d.stopped, d.since, d.holder
from document d
where d.closed_at is null and d.hold is null and d.stage = :stage
and (:type = '' or d.type = :type) and (:village = '' or d.village = :village)

-- name: hold_queue!
update document
set version = version + 1, hold = :reason, hold_since = :now, hold_review = :review, cause = :cause
where closed_at is null and hold is null and stage = :stage
and (:type = '' or type = :type) and (:village = '' or village = :village)

-- name: count_held
select count(*) from document where cause = :cause and closed_at is null

-- name: note_held!
insert into event (id, act, document, request, kind, from_stage, to_stage, version, hold, cause, at, stopped,
    was_since, was_holder, was_hold, was_hold_since, was_hold_review)
select :first + row_number() over (order by d.id), :act, d.id, d.request, :kind, d.stage, d.stage, d.version + 1,
    case when :kind = 'hold' then d.hold end, case when :kind = 'hold' then d.cause end, :now,
    d.stopped + case when :now > d.hold_since then :stops * (:now - d.hold_since) else 0 end,
    d.since, d.holder, d.hold, d.hold_since, d.hold_review
from document d where d.cause = :cause and d.closed_at is null

-- name: release_held!
update document set version = version + 1, hold = null, hold_since = null, hold_review = null, cause = null,
    stopped = stopped + case when :now > hold_since then :stops * (:now - hold_since) else 0 end
where cause = :cause and closed_at is null

-- name: postpone_held!
update document set version = version + 1, hold_review = :review where cause = :cause and closed_at is null

-- name: places_held
select distinct stage, village from document where cause = :cause and closed_at is null

-- name: held_by_cause
select d.* from document h join document_here d on d.id = h.id
where h.cause = :cause and h.closed_at is null order by h.since, h.id limit :most offset :past

-- name: held_groups
select c.id, c.reason, c.gathers, c.stage, c.type, c.village, c.since, c.review,
    d.stage as at_stage, d.village as at_village, count(*) as count
from document d join cause c on c.id = d.cause
where d.cause is not null and d.closed_at is null
group by c.id, c.reason, c.gathers, c.stage, c.type, c.village, c.since, c.review, d.stage, d.village
order by c.id

-- name: cause_of_document
select c.id, c.reason, c.gathers, c.stage, c.type, c.village, c.since, c.review
from document d join cause c on c.id = d.cause where d.id = :document

-- name: holds_in_use
select hold, count(*) as count from document where cause is not null and closed_at is null group by hold order by hold

-- name: turns
select d.id, (select count(*) from document o
    where o.cause = d.cause and (o.since < d.since or (o.since = d.since and o.id <= d.id))) as turn
from document d where d.request = :request and d.cause is not null and d.closed_at is null
