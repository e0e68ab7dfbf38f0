-- name: status
select f.since as follows_since, coalesce(f.name, '') as own_name,
    (select count(*) from follow m where m.chat = :chat) as follows, r.pickup, r.papers, p.days, d.*
from document_here d
join request r on r.id = d.request
left join pace p on p.type = d.type and p.stage = d.stage
left join follow f on f.number = d.number and f.chat = :chat
where d.number = :number and (r.closed_at is null or r.closed_at > :closed_after)

-- name: document
select * from document_here where id = :id

-- name: request_documents
select * from document_here where request = :request order by id

-- name: filed_by
select d.*
from post p
join act a on a.post = p.id and a.kind = 'file'
join request r on r.act = a.id
join document_here d on d.request = r.id
where p.chat = :chat order by r.id desc, d.id limit :most

-- name: act_documents
select d.* from event e join document_here d on d.id = e.document where e.act = :act order by e.id

-- name: history
select * from event_told where document = :document order by version

-- name: event_at
select * from event_told where document = :document and version = :version

-- name: events_of_act
select * from event_told where act = :act order by document

-- name: before_event
select from_stage as stage, was_since as since, was_holder as holder, was_hold as hold, was_hold_since as hold_since,
    was_hold_review as hold_review,
    (select b.cause from event b where b.document = :document and b.version = event.version - 1) as cause,
    coalesce((select b.stopped from event b where b.document = :document and b.version = event.version - 1), 0) as stopped
from event where document = :document and version = :version

-- name: add_act
insert into act (id, kind, post, deputy, role, village, how, key, happened_at, recorded_at, grace_until, reason)
values (:id, :kind, :post, :deputy, :role, :village, :how, :key, :happened_at, :recorded_at, :grace_until, :reason)
on conflict (key) do nothing returning id

-- name: act
select a.id, a.kind, a.role, a.village, a.happened_at, a.grace_until, a.undone_by, p.chat, a.reason, a.how
from act a left join post p on p.id = coalesce(a.deputy, a.post) where a.id = :id

-- name: drop_act!
delete from act where id = :id

-- name: mark_undone
update act set undone_by = :undo where id = :id and undone_by is null and grace_until > :now returning id

-- name: undone_by!
update act set undone_by = :undo where id = :id

-- name: last_stay
select since, holder, hold, hold_since, stopped, left_at from (
    select e.version, e.was_since as since, e.was_holder as holder, e.was_hold as hold, e.was_hold_since as hold_since,
        b.stopped, e.at as left_at
    from event e join event b on b.document = e.document and b.version = e.version - 1
    where e.document = :document and e.from_stage = :stage and e.to_stage <> :stage and e.kind <> 'late'
    union all
    select e.version, e.at, a.post, null, null, 0, e.at from event e join act a on a.id = e.act
    where e.document = :document and e.to_stage = :stage and e.kind = 'late') stay
order by version desc limit 1

-- name: filed_alike
select d.* from document_here d join request r on r.id = d.request
where d.type = :type and d.village = :village and d.request <> :request and d.closed_at is null and r.filed_at > :since
order by d.id desc limit 1

-- name: add_event!
insert into event (id, act, document, request, kind, from_stage, to_stage, version, hold, cause, at, stopped,
    was_since, was_holder, was_hold, was_hold_since, was_hold_review)
values (:id, :act, :document, :request, :kind, :from_stage, :to_stage, :version, :hold, :cause, :at, :stopped,
    :was_since, :was_holder, :was_hold, :was_hold_since, :was_hold_review)

-- name: move_document
update document
set stage = :to_stage, since = :since, version = version + 1, hold = :hold, hold_since = :hold_since,
    hold_review = :hold_review, holder = :holder, cause = :cause, stopped = :stopped,
    closed_at = :closed_at
where id = :id and version = :seen returning id

-- name: lock_request!
update request set closed_at = closed_at where id = :id

-- name: close_request!
update request set closed_at = :closed_at where id = :id
and not exists (select 1 from document d where d.request = request.id and d.closed_at is null)

-- name: reopen_request!
update request set closed_at = null where id = :id and closed_at is not null

-- name: request_by_draft
select r.id, n.number from request r join number n on n.request = r.id and n.until is null where r.draft = :draft

-- name: add_request!
insert into request (id, village, draft, mourned, act, filed_at) values (:id, :village, :draft, :mourned, :act, :now)

-- name: mourn!
update request set mourned = :mourned where id = :id

-- name: retype_document
update document set type = :type where id = :id and version = :seen returning id

-- name: relocate_request!
update request set village = :village where id = :id

-- name: relocate_documents!
update document set village = :village where request = :request

-- name: relocate_relays!
update relay set village = :village where request = :request and told_at is null

-- name: relocate_askers!
update asker set village = :village where number in (select n.number from number n where n.request = :request)

-- name: add_number
insert into number (number, request, since)
select :number, :request, :now from (select 1 as here) one
where not exists (select 1 from reserved where number = :number and filed_at is null)
on conflict (number) do nothing returning number

-- name: add_document!
insert into document (id, request, type, village, stage, since, version, holder, hold, hold_since, hold_review, cause)
values (:id, :request, :type, :village, :stage, :now, 1, :holder, :hold, :hold_since, :hold_review, :cause)

-- name: told_followers
select distinct f.chat, e.request, case when p.unreachable is null then 0 else 1 end as away
from event e
join number n on n.request = e.request
join follow f on f.number = n.number
left join person p on p.chat = f.chat
where e.act = :act and e.kind not in ('late', 'undo') and f.chat <> :actor and (f.expires_at is null or f.expires_at > :now)

-- name: told_doers
select distinct p.chat, e.request
from event e
join event w on w.document = e.document and w.version = e.version - 1
join act a on a.id = w.act
join post p on p.id = coalesce(a.deputy, a.post) and p.until is null
where e.act = :act and p.chat <> :actor

-- name: told_staff
select distinct s.chat, s.request from (
    select coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat, e.request
    from event e
    join document d on d.id = e.document
    join post t on (t.village = d.village or t.village = '') and t.role = :role and t.until is null
    where e.act = :act and e.to_stage = :stage and e.kind <> 'late') s
where s.chat <> :actor

-- name: told_villages
select distinct s.chat, s.request from (
    select coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat, e.request
    from event e
    join document d on d.id = e.document
    join post t on t.village = d.village and t.role = 'village_officer' and t.until is null
    where e.act = :act and e.kind <> 'undo') s
where s.chat <> :actor

-- name: village_officers
select distinct coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat from post t
where t.village = :village and t.role = 'village_officer' and t.until is null

-- name: unheard_holds
-- Who is still owed that documents stand still which an act lets go on: that news says nothing any more when it leaves,
-- and so they need not hear of this, unless they take it that it stood still before, by a hold that was taken back
-- without a word to them.
select distinct o.chat, coalesce(o.request, 0) as request from event e
join event h on h.document = e.document and h.version < e.version
    and ((h.kind = 'hold' and h.was_hold is null) or (h.kind in ('file', 'move') and h.hold is not null))
join outbox o on o.act = h.act and o.sent_at is null and o.claim is null and o.repeated = 0
    and (o.request is null or o.request = h.request)
where e.act = :act and e.kind = 'release'
and not exists (
    select 1 from event k
    where k.document = e.document and k.version > h.version and k.version < e.version and k.kind not in ('hold', 'undo')
    and not exists (select 1 from event u where u.document = k.document and u.version = k.version + 1 and u.kind = 'undo'))
and not exists (
    select 1 from event v join event u on u.document = v.document and u.version = v.version + 1 and u.kind = 'undo'
    join outbox s on s.act = v.act and s.chat = o.chat and s.request = o.request
    where v.document = h.document and v.version < h.version and v.kind = 'hold'
    and (s.sent_at is not null or s.claim is not null or s.repeated = 1)
    and not exists (
        select 1 from outbox l
        where l.chat = o.chat and l.request = o.request and l.id > s.id and l.id < o.id and l.sent_at is not null))

-- name: stop_of_act
select kind, to_stage, hold from event where act = :act order by id limit 1

-- name: told_count
select (
    select count(distinct o.chat) from outbox o left join person p on p.chat = o.chat
    where o.act = :act and p.unreachable is null and o.kind in ('act', 'regret', 'sms') and o.facts <> '{"staff":1}')
+ (select count(*) from relay r where r.act = :act)

-- name: waiting
select stage, village, type, count(*) as count, min(since + stopped) as oldest from document where closed_at is null and hold is null group by village, stage, type

-- name: waiting_since
select village, type, count(*) as count, min(since + stopped) as oldest from document
where closed_at is null and hold is null and stage = :stage and since <= :before and since + stopped <= :before
group by village, type

-- name: in_use
select stage, village, type, count(*) as count, min(since) as oldest from document where closed_at is null group by village, stage, type

-- name: waiting_in_village
select stage, village, type, count(*) as count, min(since + stopped) as oldest from document
where closed_at is null and hold is null and village = :village group by village, stage, type

-- name: carried
select d.village, d.type, d.holder, coalesce(p.role, '') as role, count(*) as count, min(d.since + d.stopped) as oldest
from document d left join post p on p.id = d.holder and p.until is null
where d.closed_at is null and d.hold is null and d.stage = :stage group by d.village, d.type, d.holder, p.role

-- name: carriers
select distinct p.id, p.role from document d join post p on p.id = d.holder and p.until is null
where d.closed_at is null and d.hold is null and d.stage = :stage

-- name: waiting_documents_in_village
select * from document_here
where closed_at is null and hold is null and village = :village and stage = :stage order by since, id limit :most

-- name: waiting_documents
select * from document_here where closed_at is null and hold is null and stage = :stage order by since, id limit :most

-- name: waiting_kinds
select village, type from document where closed_at is null and hold is null and stage = :stage group by village, type

-- name: waiting_documents_of_kind
select * from document_here
where closed_at is null and hold is null and stage = :stage and village = :village and type = :type order by since, id limit :most

-- name: add_bag!
insert into bag (id, chat, from_stage, to_stage, made_at, village, mine, at, how, album)
values (:id, :chat, :from_stage, :to_stage, :now, :village, :mine, :at, :how, :album)

-- name: add_bag_item!
insert into bag_item (bag, place, document, seen, ticked) values (:bag, :place, :document, :seen, :ticked)

-- name: bag
select id, chat, from_stage, to_stage, act, village, mine, at, how, album from bag where id = :id

-- name: bag_of_act
select id from bag where act = :act and chat = :chat and how = 'button'

-- name: bag_items
select i.place, i.document, i.seen, i.ticked, d.number, d.type, d.village, d.stage, d.version, d.hold
from bag_item i join document_here d on d.id = i.document
where i.bag = :bag order by i.place

-- name: tick!
update bag_item set ticked = :ticked where bag = :bag and place = :place
and exists (select 1 from bag b where b.id = bag_item.bag and b.chat = :chat and b.act is null)

-- name: close_bag
update bag set act = :act where id = :id and act is null returning id

-- name: purge_bag_items!
delete from bag_item where bag in (select id from bag where made_at < :before)

-- name: purge_bags!
delete from bag where made_at < :before
