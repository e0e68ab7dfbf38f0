-- name: pickups
select village, day, promised_at, post, missed from pickup order by day, village

-- name: promise_pickup!
insert into pickup (village, day, promised_at, post) values (:village, :day, :now, :post)
on conflict (village) do update set day = excluded.day, post = excluded.post,
    missed = case when :again = 1 then pickup.missed else 0 end,
    promised_at = case when :again = 1 then pickup.promised_at else excluded.promised_at end

-- name: end_pickup!
delete from pickup where village = :village

-- name: miss_pickup!
update pickup set day = :day, missed = missed + :missed where village = :village and day < :day

-- name: snooze!
insert into person (chat, snoozed) values (:chat, :day) on conflict (chat) do update set snoozed = excluded.snoozed

-- name: snoozing
select chat, snoozed from person where snoozed > :day
