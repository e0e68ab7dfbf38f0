-- name: filed_after
select id, type, village from document where id > :after order by id limit :most

-- name: steps_between
select e.* from event_told e where e.document >= :first and e.document <= :last order by e.document, e.version

-- name: ends_of_waits
select document, version, was_hold, was_hold_since, at from event
where document >= :first and document <= :last and was_hold is not null and (hold is null or hold <> was_hold)
union all
select document, version, from_stage, was_since, at from event
where document >= :first and document <= :last and kind = 'resume'
order by 1, 2

-- name: open_since
select d.stage, r.filed_at, count(*) from document d join request r on r.id = d.request
where d.closed_at is null group by d.stage, r.filed_at

-- name: forget_pace!
delete from pace

-- name: add_pace!
insert into pace (type, stage, days) values (:type, :stage, :days)
