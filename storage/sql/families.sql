-- name: count_follows
select count(*) from follow where chat = :chat

-- name: count_followers
select count(*) from follow f where f.number = :number
and not exists (select 1 from post t where t.chat = f.chat and t.until is null)
and not exists (select 1 from person p where p.chat = f.chat and p.unreachable is not null)

-- name: ask_to_follow
insert into asker (id, chat, number, village, lang, asked_at) values (:id, :chat, :number, :village, :lang, :now)
on conflict (chat, number) do nothing returning id

-- name: asker
select id, chat, number, village, lang from asker where id = :id and refused_at is null

-- name: refused_asker
select id from asker where chat = :chat and number = :number and refused_at is not null

-- name: askers_of
select id from asker where number = :number and refused_at is null order by id

-- name: allow_asker
delete from asker where id = :id and refused_at is null returning id

-- name: drop_asker!
delete from asker where chat = :chat and number = :number and refused_at is null

-- name: refuse_asker
update asker set refused_at = :now where id = :id and refused_at is null returning id

-- name: hears_askers
select distinct coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat from post t
where t.until is null and (t.role = 'village_officer' and t.village = :village or t.role = 'district_desk' and not exists (
    select 1 from post o where o.role = 'village_officer' and o.village = :village and o.until is null))
order by chat

-- name: waits_over
select chat, number from follow where expires_at < :now and expires_at = since + :lasts order by chat, number

-- name: askers_unheard
select a.id, a.chat, a.number, a.village, a.lang from asker a
join number n on n.number = a.number and n.until is null join request r on r.id = n.request
where a.asked_at < :before and a.refused_at is null and r.closed_at is null order by a.id

-- name: purge_askers!
delete from asker where asked_at < :before

-- name: name_follow
update follow set name = :name where chat = :chat and number = :number returning number
