-- name: told_undecided
select b.to_stage, b.at from bag b join bag_item i on i.bag = b.id
where b.chat = :chat and b.act is null and b.at > :since and b.at < :now and b.to_stage <> ''
and (b.how = 'message' or (b.how = 'photo' and b.album = '' and b.at < b.made_at - :moment))
and i.document = :document and i.ticked = 1
order by b.at, b.id

-- name: date_back
update document set version = version + 1, since = :since where id = :id and version = :seen returning id

-- name: note_late!
insert into event (id, act, document, request, kind, from_stage, to_stage, version, hold, cause, at, stopped,
    was_since, was_holder, was_hold, was_hold_since, was_hold_review)
select :id, :act, d.id, d.request, 'late', d.stage, :stage, d.version, d.hold, d.cause, :at, d.stopped,
    :was_since, d.holder, d.hold, d.hold_since, d.hold_review
from document d where d.id = :document

-- name: wait_for_later!
update outbox set owed_at = :owed_at, due_at = :owed_at + case kind when 'act' then :gather else 0 end
where kind in ('act', 'staff') and sent_at is null and given_up_at is null and claim is null
and owed_at <= :owed_at and due_at < :owed_at + :gather
and act in (
    select b.id from event e join event w on w.document = e.document and w.version < e.version
    join act b on b.id = w.act where e.act = :act and b.how <> 'button')

-- name: bag_of_album
select id from bag where chat = :chat and album = :album and act is null order by id desc limit 1
