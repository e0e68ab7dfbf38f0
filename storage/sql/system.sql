-- name: record_migration
insert into migration (version, applied_at) values (:version, :applied_at) on conflict (version) do nothing returning version

-- name: newest_migration
select max(version) from migration

-- name: set_mark
insert into mark (name, at) values (:name, :at)
on conflict (name) do update set at = excluded.at returning name

-- name: set_mark_once
insert into mark (name, at) values (:name, :at) on conflict (name) do nothing returning name

-- name: get_mark
select at from mark where name = :name

-- name: drop_backup_marks!
delete from mark where name like 'backup in %'

-- name: purge_marks!
delete from mark where at < :before and name like 'once:%'

-- name: take_lease
insert into lease (name, holder, until) values (:name, :holder, :until)
on conflict (name) do update set holder = excluded.holder, until = excluded.until
where lease.holder = excluded.holder or lease.until < :now or lease.until > :beyond
returning name

-- name: lease_holder
select holder, until from lease where name = :name

-- name: drop_lease!
delete from lease where name = :name and holder = :holder
