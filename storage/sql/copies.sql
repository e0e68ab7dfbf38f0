-- name: note_forgotten!
insert into forgotten (who, at) values (:who, :at) on conflict (who) do update set at = excluded.at

-- name: forgotten_at
select at from forgotten where who = :who

-- name: purge_forgotten!
delete from forgotten where at < :before

-- name: every_chat
select chat from person union select chat from follow union select chat from consent union select chat from post
union select chat from asker union select chat from demand where chat is not null union select chat from question
union select chat from outbox union select person from inbox union select chat from bag
union select used_by from invite where used_by is not null

-- name: unsent
select id, key from outbox where sent_at is null and given_up_at is null

-- name: repeat_unsent!
update outbox set repeated = 1 where sent_at is null and given_up_at is null

-- name: end_leases!
delete from lease

-- name: any_of_village
select 1 as here from request where village = :village union select 1 from post where village = :village
union select 1 from reserved where village = :village union select 1 from birth where village = :village
union select 1 from pickup where village = :village union select 1 from village_group where village = :village limit 1

-- name: open_at_stage
select * from document_here where closed_at is null and stage = :stage order by id
