-- name: drop_links!
delete from page where post = :post and opened_at is null

-- name: make_page!
insert into page (id, post, lang, link, made_at) values (:id, :post, :lang, :link, :now)

-- name: link_waits
select id from page where post = :post and opened_at is null and ended_at is null and made_at > :since

-- name: open_page
update page set session = :session, opened_at = :now
where link = :link and opened_at is null and ended_at is null and made_at > :since
and exists (select 1 from post t where t.id = page.post and t.until is null)
returning id

-- name: page_of_session
select g.id, g.post, g.lang, g.opened_at from page g join post t on t.id = g.post
where g.session = :session and g.ended_at is null and g.opened_at > :since and t.until is null

-- name: open_pages
select g.id, g.post, g.lang, g.opened_at from page g join post t on t.id = g.post
where g.opened_at > :since and g.ended_at is null and t.until is null order by g.opened_at, g.id

-- name: end_page
update page set ended_at = :now where id = :id and ended_at is null returning id

-- name: end_pages!
update page set ended_at = :now where ended_at is null

-- name: purge_pages!
delete from page where ended_at is not null or opened_at <= :opened or (opened_at is null and made_at <= :made)

-- name: code_of_number
select r.pickup, r.page_tries from number n join request r on r.id = n.request
where n.number = :number and (r.closed_at is null or r.closed_at > :closed_after)

-- name: count_page_try!
update request set page_tries = page_tries + 1 where id = (select n.request from number n where n.number = :number)
