-- name: find_ending
select d.*
from number n join document_here d on d.number = n.number
where substr(n.number, 10) = :tail and n.number like :ending and d.closed_at is null
order by d.since, d.id limit :most

-- name: find_filed
select d.*
from post p
join act a on a.post = p.id and a.kind = 'file'
join request r on r.act = a.id and r.closed_at is null
join document_here d on d.request = r.id and d.closed_at is null
where p.chat = :chat order by d.since, d.id limit :most

-- name: find_open
select * from document_here
where closed_at is null and since <= :before and (:type = '' or type = :type) and (:stage = '' or stage = :stage)
and (:hold = '' or hold = :hold)
order by since, id limit :most

-- name: find_open_in_village
select * from document_here
where closed_at is null and village = :village and since <= :before and (:type = '' or type = :type)
and (:stage = '' or stage = :stage) and (:hold = '' or hold = :hold)
order by since, id limit :most

-- name: find_groups
select village, stage, type, coalesce(hold, '') as hold, count(*) as count from document
where closed_at is null and since <= :before group by village, stage, type, hold

-- name: find_groups_in_village
select village, stage, type, coalesce(hold, '') as hold, count(*) as count from document
where closed_at is null and village = :village and since <= :before group by village, stage, type, hold

-- name: is_filed_by
select r.id from request r join act a on a.id = r.act join post p on p.id = a.post
where r.id = :request and p.chat = :chat
union all select n.request from number n join birth b on b.number = n.number join post p on p.id = b.post
where n.request = :request and p.chat = :chat
