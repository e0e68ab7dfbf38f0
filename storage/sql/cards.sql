-- name: choose_news!
insert into person (chat, news) values (:chat, :news) on conflict (chat) do update set news = excluded.news

-- name: keep_card
insert into card (chat, request, message)
select f.chat, n.request, :message from follow f join number n on n.number = f.number
where f.chat = :chat and n.request = :request and n.until is null
on conflict (chat, request) do update set message = excluded.message where card.message <= excluded.message
returning (select cast(sum(d.version) as bigint) from document d where d.request = card.request) as steps

-- name: drop_card!
delete from card where chat = :chat and (:number = '' or request in (select n.request from number n where n.number = :number))

-- name: cards_of_act
select distinct c.chat, c.request from event e
join number n on n.request = e.request join follow f on f.number = n.number
join card c on c.chat = f.chat and c.request = e.request
where e.act = :act order by c.chat, c.request

-- name: purge_cards!
delete from card where not exists (
    select 1 from number n join follow f on f.number = n.number where n.request = card.request and f.chat = card.chat)
