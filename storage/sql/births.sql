-- name: add_birth!
insert into birth (id, number, village, post, born, ends_at)
values (:id, :number, :village, :post, :born, :ends_at)

-- name: birth
select id, number, village, post, born, ends_at,
    (select n.request from number n where n.number = birth.number) as request, ended_at, reminded
from birth where id = :id

-- name: birth_of_number
select id, number, village, post, born, ends_at,
    (select n.request from number n where n.number = birth.number) as request, ended_at, reminded
from birth where number = :number

-- name: reserved_until
select b.ends_at from birth b join reserved r on r.number = b.number
where b.number = :number and b.ended_at is null and r.filed_at is null

-- name: lock_posts!
update post set last_act_at = last_act_at where chat = :chat and until is null

-- name: reserved_by
select id, number, village, post, born, ends_at,
    (select n.request from number n where n.number = birth.number) as request, ended_at, reminded
from birth
where post in (select p.id from post p where p.chat = :chat) and ended_at is null
and exists (select 1 from reserved r where r.number = birth.number and r.filed_at is null) order by id

-- name: reserved_in
select id, number, village, post, born, ends_at,
    (select n.request from number n where n.number = birth.number) as request, ended_at, reminded
from birth
where village = :village and ended_at is null
and exists (select 1 from reserved r where r.number = birth.number and r.filed_at is null) order by id

-- name: births_to_remind
select id, number, village, post, born, ends_at,
    (select n.request from number n where n.number = birth.number) as request, ended_at, reminded
from birth where ended_at is null and born <= :before and reminded < :last order by born, id

-- name: mark_birth
update birth set reminded = :day where id = :id and ended_at is null and reminded < :day returning id

-- name: lapse_slip
delete from reserved where number = :number and filed_at is null returning number

-- name: end_birth!
update birth set ended_at = :now where id = :id

-- name: nameless
select id from document where request = :request and hold = :hold and closed_at is null

-- name: hears_births
select distinct coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat from post t
where t.until is null and (t.id = :post or (t.role = 'village_officer' and t.village = :village)) order by chat

-- name: waits_for_birth
select chat from follow where number = :number and (expires_at is null or expires_at > :now) order by chat

-- name: end_waits!
delete from follow where number = :number

-- name: purge_births!
delete from birth where born < :before
