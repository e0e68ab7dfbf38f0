-- name: owe!
insert into outbox (id, key, chat, priority, kind, act, request, facts, owed_at, repeated, due_at)
select :id, :key, :chat, :priority, :kind, :act, :request, :facts, :owed_at, :repeated,
    case when p.paused_until > :due_at then p.paused_until else :due_at end
from (select 1 as here) one left join person p on p.chat = :chat where true
on conflict (key) do nothing

-- name: claim_due
update outbox set claim = :claim where claim is null and id in (
    select id from outbox
    where priority = :priority and due_at <= :now and sent_at is null and given_up_at is null and claim is null
    order by due_at, id limit :most)
returning chat, request, kind, owed_at

-- name: claim_late!
update outbox set claim = :claim
where chat = :chat and request = :request and kind = 'act' and owed_at < :late and due_at < :never
and sent_at is null and given_up_at is null and claim is null

-- name: claim_waiting
-- What else is owed to the chats of a claim, if its grace is over: what came before, else it would be overtaken; and
-- what falls due within the time to gather, unless something of the chat that is due stays behind.
update outbox set claim = :claim where id in (
    select w.id from (
        select o.chat, max(o.id) as last, max(o.owed_at) as owed from outbox o where o.claim = :claim group by o.chat) chats
    join outbox w on w.chat = chats.chat
    where +w.priority = 1 and w.owed_at <= :now and w.due_at <= :until
    and w.sent_at is null and w.given_up_at is null and w.claim is null
    and ((w.id < chats.last and w.owed_at < chats.owed) or not exists (
        select 1 from outbox o
        where o.chat = w.chat and o.due_at <= :now and +o.priority = 1
        and o.sent_at is null and o.given_up_at is null and o.claim is null)))
returning chat, request, kind, owed_at

-- name: claimed
-- A row for each step that what is claimed tells, or one of nulls. What was taken back is as if it had not been. `own` is
-- the hold that began with it, while it lasts; `hold` why its document stands still, if it has not moved since, and
-- `teller` what is to tell that, if it came after this step; `after` how often the document has moved, of what may be told
-- late; `behind` the last row before it that another claim holds; `began` the hold with which its `document` came out of it.
select o.id, o.chat, o.priority, o.kind, o.request, o.facts, o.owed_at, o.tries, o.repeated, p.lang,
    p.code,
    coalesce(n.number, '') as number, coalesce(d.village, '') as village, d.type, e.to_stage as stage, e.at,
    case when e.hold is not null and not exists (
        select 1 from event l where l.document = e.document and l.version > e.version
        and (l.hold is null or l.kind in ('move', 'correct'))
        and not exists (select 1 from event u where u.document = l.document and u.version = l.version + 1 and u.kind = 'undo'))
    then e.hold end as own,
    case when not exists (
        select 1 from event l where l.document = e.document and l.version > e.version and l.kind in ('move', 'correct')
        and not exists (select 1 from event u where u.document = l.document and u.version = l.version + 1 and u.kind = 'undo'))
    then d.hold end as hold,
    case when o.facts = '{"again":1}' and e.hold is not null then 'hold' else e.kind end as done,
    d.hold_review as review,
    case when e.version < d.version then (
        select l.was_hold_review from event l where l.document = e.document and l.version = e.version + 1) else d.hold_review end as own_review,
    coalesce(k.words, '') as said, coalesce(r.mourned, 0) as mourned,
    case when coalesce(a.how, 'button') = 'button' then 0 else (
        select count(*) from event l join act b on b.id = l.act
        where l.document = e.document and l.version > e.version and l.kind = 'move' and b.undone_by is null) end as after,
    coalesce(f.name, '') as own_name, coalesce(p.news, '') as news, coalesce(c.message, 0) as card,
    case when exists (select 1 from post t where t.chat = o.chat and t.until is null) then 1 else 0 end as works,
    coalesce(p.paused_until, 0) as paused_until,
    coalesce((
        select max(s.id) from event h join outbox s on s.act = h.act and s.chat = o.chat and s.request = o.request
        where d.hold is not null and h.document = e.document and h.version > e.version
        and h.kind = 'hold' and s.kind = 'act' and s.sent_at is null and s.given_up_at is null), o.id) as teller,
    coalesce((
        select max(s.id) from outbox s
        where s.chat = o.chat and s.id < o.id and s.claim <> :claim and s.priority = o.priority
        and s.sent_at is null and s.given_up_at is null), 0) as behind,
    e.document, case when o.kind = 'act' then e.hold end as began
from outbox o
left join request r on r.id = o.request
left join person p on p.chat = o.chat
left join card c on c.chat = o.chat and c.request = o.request
left join number n on n.request = o.request and n.until is null
left join follow f on f.chat = o.chat and f.number = n.number
left join event e on e.act = o.act and e.request = o.request and e.kind <> 'late' and not (e.kind = 'undo' and o.kind = 'act')
left join act a on a.id = e.act
left join document d on d.id = e.document
left join remark k on k.act = e.act and k.document = e.document
where o.claim = :claim
order by o.due_at, o.id, e.id

-- name: put_behind!
update outbox set claim = null, due_at = (select p.paused_until from person p where p.chat = outbox.chat)
where claim = :claim and exists (select 1 from person p where p.chat = outbox.chat and p.paused_until > :now)

-- name: notice_sent!
-- What was said in words is put right in words, too.
update outbox set sent_at = :now, claim = null,
    facts = case when :said = 1 and facts = '{}' then '{"said":1}' else facts end
where id = :id

-- name: note_untold!
update outbox set untold = untold || ',' || :document || ',' where id = :id

-- name: stands_again
-- The act that was taken back by which a document stands still again, if it does so by that.
select e.act from document d join event e on e.document = d.id and e.version = d.version
where d.id = :document and d.hold is not null and e.kind = 'undo'

-- name: untold_holds
-- Whose news of a hold did not say it, as it was over by then, though it holds again as something was taken back by :back;
-- unless the correction of that says so. (Each row is told again once, by its key.)
select distinct o.id, o.chat, d.request, h.act, case when o.facts = '{"staff":1}' then 1 else 0 end as staff, o.repeated
from event b
join document d on d.id = b.document and d.hold is not null
join event h on h.document = d.id and h.hold = d.hold and h.kind in ('hold', 'move', 'file') and h.version < d.version
join outbox o on o.act = h.act and o.kind = 'act' and o.sent_at is not null and o.untold like '%,' || d.id || ',%'
left join person p on p.chat = o.chat
where b.act = :back
and not exists (
    select 1 from event k
    where k.document = d.id and k.version > h.version and k.kind not in ('undo', 'late') and not exists (
        select 1 from event u where u.document = k.document and u.version = k.version + 1 and u.kind = 'undo'))
and not exists (
    select 1 from outbox r
    where r.act = :back and r.chat = o.chat and r.request = d.request and r.kind = 'regret'
    and (r.facts not like '%"unsaid"%' or (r.facts like '%"unsaid":"mine"%' and p.news = 'all')))

-- name: answer_sent!
delete from outbox where id = :id

-- name: notice_later!
update outbox set due_at = :due_at, tries = :tries, error = :error, repeated = :repeated, claim = null
where id = :id and claim = :claim

-- name: notice_given_up
update outbox set given_up_at = :now, error = :error, claim = null where id = :id and claim = :claim returning id

-- name: pause_notices!
update outbox set due_at = :until where chat = :chat and due_at < :until and sent_at is null and given_up_at is null

-- name: wake_notices!
update outbox set due_at = case when owed_at > :now then owed_at else :now end
where chat = :chat and due_at >= :never and sent_at is null and given_up_at is null

-- name: wake_all_notices!
update outbox set due_at = case when owed_at > :now then owed_at else :now end
where due_at >= :never and sent_at is null and given_up_at is null

-- name: release_claims!
update outbox set claim = null, repeated = case when :begun = 1 then 1 else repeated end
where claim > :since and +priority = :priority

-- name: let_go!
update outbox set claim = null where id = :id and claim = :claim

-- name: withdraw_notices!
-- What an act owed and nobody can have, once it is taken back: all of it (`whole`), or what is of a request that did go
-- back.
delete from outbox where act = :act and sent_at is null and claim is null and repeated = 0
and (:whole = 1 or request in (select e.request from event e where e.act = :back))

-- name: news_of_request
select o.act, count(distinct case when o.sent_at is not null then o.chat end) as arrived, count(distinct o.chat) as told
from outbox o
where o.act in (select e.act from document d join event e on e.document = d.id where d.request = :request)
and o.request = :request
group by o.act

-- name: told_of_act
-- Who was told, or may have been, what is not so any more as :act was taken back.
with told as (
    -- Of the act itself.
    select o.id from outbox o
    where o.act = :act and (o.sent_at is not null or o.claim is not null or o.repeated = 1)
    union
    -- Of a hold that this one took the place of, and that is over by now.
    select o.id from event h join document d on d.id = h.document and d.hold is null
    join event k on k.document = h.document and k.version < h.version and k.hold is not null
    join outbox o on o.act = k.act and o.request = k.request
    where h.act = :act and h.was_hold is not null and o.kind = 'act'
    and (o.sent_at is not null or o.claim is not null or o.repeated = 1)
    and not exists (
        select 1 from event l
        where l.document = h.document and l.version > k.version and l.version < h.version
        and (l.hold is null or l.kind in ('move', 'correct')))
    union
    -- Of an earlier act that was taken back as well, unless something since has said how it is, or is about to.
    select o.id from event b
    join event e on e.document = b.document join outbox o on o.act = e.act and o.request = b.request
    join act d on d.id = o.act
    where b.act = :back and o.act <> :act and o.kind = 'act' and o.sent_at is not null and d.undone_by is not null
    and not exists (
        select 1 from event f join outbox l on l.act = f.act left join person p on p.chat = l.chat
        where f.document = b.document and l.request = o.request and l.chat = o.chat and l.id > o.id
        and ((l.kind = 'regret' and (l.sent_at is not null or (l.claim is null
                and (l.facts not like '%"unsaid"%' or (l.facts like '%"unsaid":"mine"%' and p.news = 'all')))))
            or (l.kind = 'act' and l.sent_at is not null and (o.facts <> '{"said":1}' and o.repeated = 0 or l.facts = '{"said":1}'
                or (l.act <> :act and exists (select 1 from act u where u.id = l.act and u.undone_by is null)))))))
select o.chat, coalesce(o.request, 0) as request, d.kind,
    (select min(e.to_stage) from event e where e.act = o.act) as stage,
    (select min(e.hold) from event e where e.act = o.act and (e.kind = 'hold' or o.act <> :act)) as hold,
    case when o.sent_at is null or o.repeated = 1 or o.facts = '{"said":1}' then 1 else 0 end as said
from told join outbox o on o.id = told.id join act d on d.id = o.act
where o.kind <> 'sms' and o.given_up_at is null
order by o.id

-- name: withdraw_owed!
delete from outbox where chat = :chat and kind in ('act', 'papers') and sent_at is null and given_up_at is null
and request in (select n.request from number n where n.number = :number)
and not exists (select 1 from post t where t.chat = outbox.chat and t.until is null)

-- name: withdraw_all_owed!
delete from outbox where chat = :chat and kind in ('act', 'papers') and sent_at is null and given_up_at is null
and not exists (select 1 from post t where t.chat = outbox.chat and t.until is null)

-- name: wake_left_away!
update outbox set due_at = owed_at
where due_at >= :never and sent_at is null and given_up_at is null
and not exists (select 1 from person p where p.chat = outbox.chat and p.paused_until >= :never)

-- name: oldest_owed
select min(owed_at), count(*) from outbox where sent_at is null and given_up_at is null and due_at < :never and priority <> :sms

-- name: set_back_notices!
update outbox set due_at = due_at - :by, owed_at = case when owed_at > :beyond then owed_at - :by else owed_at end
where due_at > :beyond and due_at < :never and sent_at is null and given_up_at is null

-- name: set_back_people!
update person set paused_until = paused_until - :by where paused_until > :beyond and paused_until < :never

-- name: set_back_acts!
update act set grace_until = grace_until - :by where grace_until > :beyond

-- name: next_due
select
    (select min(due_at) from outbox where priority = 0 and sent_at is null and given_up_at is null and claim is null) as answer,
    (select min(due_at) from outbox where priority = 1 and sent_at is null and given_up_at is null and claim is null) as notice,
    (select min(due_at) from outbox where priority = 2 and sent_at is null and given_up_at is null and claim is null) as sms

-- name: given_up
select id, kind, given_up_at, tries, error from outbox where given_up_at is not null order by id

-- name: given_up_since
select count(*) from outbox where given_up_at > :at

-- name: retry_notice
update outbox set given_up_at = null, tries = 0, due_at = :now where id = :id and given_up_at is not null returning id

-- name: purge_sent!
delete from outbox where sent_at < :before

-- name: purge_owed!
delete from outbox where owed_at < :before and due_at <> :paused and sent_at is null and given_up_at is null

-- name: purge_given_up!
delete from outbox where given_up_at < :before
