-- name: make_secret!
insert into secret (name, value) values (:name, :value) on conflict (name) do nothing

-- name: secret
select value from secret where name = :name

-- name: secret_if_missed
select value from secret where name = :name and exists (select 1 from miss)

-- name: miss!
insert into miss (who, what, at, source) values (:who, :what, :at, :source)
on conflict (who, what) do update set at = excluded.at where miss.at <= :since

-- name: misses
select what, at from miss where who = :who and at > :since order by at desc

-- name: misses_of_all
select count(*) from miss where at > :since and source = :source

-- name: old_miss
select at from miss where at <= :before or at > :now limit 1

-- name: purge_misses!
delete from miss where at <= :before or at > :now
