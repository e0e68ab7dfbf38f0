-- name: slip
select n.number, r.village, r.filed_at, r.pickup, p.chat
from number n join request r on r.id = n.request join act a on a.id = r.act left join post p on p.id = a.post
where n.number = :number and n.until is null
