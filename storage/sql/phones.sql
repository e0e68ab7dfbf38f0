-- name: keep_phone
insert into sms_phone (id, phone, lang, since) values (:id, :phone, :lang, :now)
on conflict (phone) do update set lang = case when :chosen = 1 then excluded.lang else sms_phone.lang end
returning id

-- name: phone
select phone, lang from sms_phone where id = :id

-- name: phone_id
select id, lang from sms_phone where phone = :phone

-- name: sms_numbers
select number from sms_follow where phone = :phone order by number

-- name: sms_followers
select count(*) from sms_follow where number = :number

-- name: follow_by_sms
insert into sms_follow (phone, number, since) values (:phone, :number, :now)
on conflict (phone, number) do nothing returning number

-- name: stop_sms!
delete from sms_follow where phone = :phone

-- name: withdraw_sms!
delete from outbox where chat = :phone and priority = :priority and sent_at is null

-- name: drop_phone!
delete from sms_phone where id = :phone

-- name: told_by_sms
select distinct f.phone, e.request from event e
join number n on n.request = e.request and n.until is null
join sms_follow f on f.number = n.number
where e.act = :act and e.kind <> 'late'
order by f.phone, e.request

-- name: freed_by_sms
select distinct f.phone, e.request from event e
join number n on n.request = e.request and n.until is null
join sms_follow f on f.number = n.number
where e.act = :act and e.kind <> 'late' and e.hold is null and (
    f.told_held like '% ' || e.document || ' %'
    or (e.was_hold is not null or e.kind = 'resume') and exists (
        select 1 from outbox o
        where o.chat = f.phone and o.request = e.request and o.kind = 'sms' and o.sent_at is null
        and o.given_up_at is null and (o.claim is not null or o.repeated = 1)))
order by f.phone, e.request

-- name: told_held
select f.told_held from sms_follow f join number n on n.number = f.number and n.until is null
where f.phone = :phone and n.request = :request

-- name: note_told_held!
update sms_follow set told_held = :held
where phone = :phone and number in (select n.number from number n where n.request = :request and n.until is null)

-- name: heard_by_sms
select chat, request from outbox where act = :act and kind = 'sms' and given_up_at is null
and (sent_at is not null or claim is not null or repeated = 1) order by id

-- name: newer_sms
select id from outbox where chat = :phone and request = :request and kind = 'sms' and id > :id and due_at <= :now
and sent_at is null and given_up_at is null limit 1

-- name: sms_claimed
select id from outbox where claim is not null and +priority = :priority limit 1

-- name: sms_unclear!
update outbox set claim = null, repeated = 1 where id = :id and sent_at is null

-- name: sms_later!
update outbox set claim = null, due_at = :due_at where id = :id and sent_at is null

-- name: sms_failed
update outbox set sent_at = null, claim = null, tries = tries + 1, repeated = 0, due_at = :due_at, error = :error,
    given_up_at = case when tries + 1 >= :most then cast(:now as bigint) end
where id = :id and kind = 'sms' and tries = :tries and sent_at is not null returning id

-- name: sms_in_hand
select id from outbox where id = :id and kind = 'sms' and tries = :tries and sent_at is null and given_up_at is null

-- name: forget_phone!
delete from sms_phone where id = :id and not exists (select 1 from sms_follow f where f.phone = sms_phone.id)
and not exists (
    select 1 from outbox o where o.chat = sms_phone.id and o.priority = :priority and o.sent_at is null
    and o.given_up_at is null)

-- name: purge_sms_follows!
delete from sms_follow where number in (
    select n.number from number n join request r on r.id = n.request where r.closed_at < :before)

-- name: purge_phones!
delete from sms_phone where since < :before and not exists (select 1 from sms_follow f where f.phone = sms_phone.id)
