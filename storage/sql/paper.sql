-- name: slip
select n.number, r.village, r.filed_at, r.pickup, p.chat as filer
from number n join request r on r.id = n.request join act a on a.id = r.act left join post p on p.id = a.post
where n.number = :number and n.until is null

-- name: reserve
insert into reserved (number, village, booklet, reserved_at, reserved_by)
select :number, :village, :booklet, :now, :post from (select 1 as here) one
where not exists (select 1 from number where number = :number)
on conflict (number) do nothing returning number

-- name: reserved
select number, village, booklet, reserved_at, filed_at from reserved where number = :number

-- name: booklet
select number, village, booklet, reserved_at, filed_at from reserved where booklet = :booklet order by number

-- name: booklets
select booklet as id, min(reserved_at) as made_at, count(*) as count, count(filed_at) as used from reserved
where booklet in (select booklet from reserved where village = :village and filed_at is null)
and booklet not in (select id from birth where village = :village)
group by booklet order by booklet

-- name: is_reserved_in
select 1 from reserved
where village = :village and filed_at is null and booklet not in (select id from birth where village = :village) limit 1

-- name: use_reserved
update reserved set filed_at = :now where number = :number and village = :village and filed_at is null returning number

-- name: ordered_file
select case when sent_at is null then 0 else 1 end as is_out, case when given_up_at is null then 0 else 1 end as is_given_up
from outbox where key = :key
