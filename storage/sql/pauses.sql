-- name: pauses
select id, scope, subject, reason, paused_at from pause where ended_at is null order by paused_at, id

-- name: begin_pause
insert into pause (id, scope, subject, reason, post, paused_at) values (:id, :scope, :subject, :reason, :post, :now)
on conflict do nothing returning id

-- name: end_pause
update pause set ended_at = :now where id = :id and ended_at is null returning id

-- name: lock_pauses
update pause set ended_at = null where ended_at is null returning id

-- name: hold_back!
update outbox set claim = null, due_at = :paused
where claim = :claim and kind not in ('asked', 'sms_answer')
and not exists (select 1 from post h where h.chat = outbox.chat and h.role = 'head' and h.until is null)
and exists (select 1 from pause p where p.ended_at is null and (
    p.scope = 'all'
    or p.scope = 'kind' and p.subject = case when outbox.kind in ('reminder', 'group') then 'reminders'
        when outbox.kind = 'announcement' then 'announcements' else 'news' end
    or p.scope = 'announcement' and outbox.kind = 'announcement' and p.subject = cast(outbox.act as text)
    or p.scope = 'village' and (
        p.subject = (select r.village from request r where r.id = outbox.request)
        or outbox.request is null and (
            exists (select 1 from post t where t.chat = outbox.chat and t.village = p.subject and t.until is null)
            or exists (select 1 from village_group g where g.chat = outbox.chat and g.village = p.subject)
            or not exists (select 1 from post t where t.chat = outbox.chat and t.until is null) and exists (
                select 1 from follow f join number n on n.number = f.number and n.until is null
                join request r on r.id = n.request where f.chat = outbox.chat and r.village = p.subject)))))

-- name: count_held_back
select count(*) from outbox where due_at = :paused and sent_at is null and given_up_at is null

-- name: let_out!
update outbox set
    due_at = coalesce((select p.paused_until from person p where p.chat = outbox.chat and p.paused_until > :now), :now)
        + :each * held.place,
    owed_at = case when owed_at > :late then :late else owed_at end
from (
    select id, case when kind = 'announcement' then row_number() over (partition by kind order by id) - 1 else 0 end as place
    from outbox where due_at = :paused and sent_at is null and given_up_at is null) held
where outbox.id = held.id

-- name: purge_pauses!
delete from pause where ended_at < :before
