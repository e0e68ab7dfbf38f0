-- name: closures
select id, first_day, last_day, reason from closure where ended_at is null and last_day >= :day order by first_day, id

-- name: close_days
insert into closure (id, first_day, last_day, reason, post, closed_at)
select :id, :first_day, :last_day, :reason, :post, :now from (select 1 as here) one
where not exists (select 1 from closure c
    where c.ended_at is null and c.first_day <= :last_day and c.last_day >= :first_day)
returning id

-- name: reopen_days
update closure set ended_at = :now where id = :id and ended_at is null returning id
