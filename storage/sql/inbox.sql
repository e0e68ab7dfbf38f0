-- name: known_updates
select update_id from inbox where update_id >= :first and update_id <= :last

-- name: store_update!
insert into inbox (update_id, person, body, received_at) values (:update_id, :person, :body, :now)
on conflict (update_id) do nothing

-- name: open_updates
select update_id, person, body from inbox
where done_at is null and failed_at is null and update_id > :after order by update_id limit :most

-- name: open_update
select 1 from inbox where update_id = :update_id and done_at is null and failed_at is null

-- name: update_done!
update inbox set done_at = :now, body = null, person = 0 where update_id = :update_id

-- name: update_failed!
update inbox set failed_at = :now, tries = tries + 1, error = :error where update_id = :update_id

-- name: poison!
insert into inbox (update_id, person, body, received_at, failed_at, error)
values (:update_id, 0, null, :now, :now, :error) on conflict (update_id) do nothing

-- name: failed_updates
select update_id, failed_at, tries, error from inbox where failed_at is not null order by update_id

-- name: retry_update
update inbox set failed_at = null, tries = 0 where update_id = :update_id and failed_at is not null and body is not null
returning update_id

-- name: purge_inbox!
delete from inbox where done_at < :before

-- name: purge_failed!
delete from inbox where failed_at < :before

-- name: open_by_person
select person, min(received_at), count(*) from inbox where done_at is null and failed_at is null group by person
