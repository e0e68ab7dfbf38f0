-- name: note_demand
insert into demand (id, chat, lang, village, role, paid, at) values (:id, :chat, :lang, :village, :role, :paid, :now)
on conflict (chat, village, role) do nothing returning id

-- name: adopt_demand
update demand set chat = :chat, lang = :lang where id = (
    select min(d.id) from demand d where d.chat is null and d.settled_at is null and d.village = :village
    and d.role = :role and d.at >= :since)
and chat is null and settled_at is null
and not exists (select 1 from demand o where o.chat = :chat and o.village = :village and o.role = :role)
returning id

-- name: hears_demands
select distinct h.chat from (
    select coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat from post t
    where t.until is null and t.role = 'head') h
where not exists (select 1 from post o where o.chat = h.chat and o.village = :village and o.until is null)
order by h.chat

-- name: demand
select id, chat, lang, village, role, paid, at, seen_at from demand where id = :id and settled_at is null

-- name: open_demands
select id, chat, lang, village, role, paid, at, seen_at from demand where settled_at is null order by at, id

-- name: see_demand
update demand set seen_at = :now where id = :id and seen_at is null and settled_at is null returning id

-- name: settle_demand
update demand set settled_at = :now, chat = null, lang = '' where id = :id and settled_at is null returning id

-- name: count_demands
select count(*) from demand where at >= :since and at < :until

-- name: forget_demands!
update demand set chat = null, lang = '' where chat = :chat

-- name: purge_demands!
update demand set chat = null, lang = '' where chat is not null and at < :before

-- name: ask_opinion
insert into opinion (request) select r.id from request r
where r.id = :request and r.mourned = 0 and not exists (
    select 1 from document d where d.request = r.id and d.closed_at is null)
on conflict (request) do nothing returning request

-- name: give_opinion
update opinion set verdict = :verdict, said_at = :now where request = :request and verdict = '' returning request

-- name: reason_opinion
update opinion set reason = :reason where request = :request and verdict in ('so_so', 'bad') and reason = ''
returning request

-- name: count_opinions
select verdict, reason, count(*) from opinion where said_at >= :since and said_at < :until group by verdict, reason

-- name: ask_question
insert into question (id, chat, lang, request, what, role, at)
values (:id, :chat, :lang, :request, :what, :role, :now)
on conflict (chat, request) where closed_at is null do nothing returning id

-- name: question_open
select id, role from question where chat = :chat and request = :request and closed_at is null

-- name: withdraw_question!
delete from outbox where key = :key and sent_at is null and given_up_at is null and claim is null and repeated = 0

-- name: hears_questions
select distinct coalesce((select l.chat from lent l where l.post = t.id and l.until > :now), t.chat) as chat from post t
where t.until is null and t.role = :role and t.village in ('', :village)
order by chat

-- name: question
select q.id, q.chat, q.lang, n.number, r.village, q.what, q.role, q.at, q.seen_at from question q
join request r on r.id = q.request
join number n on n.request = q.request and n.until is null
where q.id = :id and q.closed_at is null

-- name: questions
select q.id, q.chat, q.lang, n.number, r.village, q.what, q.role, q.at, q.seen_at from question q
join request r on r.id = q.request
join number n on n.request = q.request and n.until is null
where q.closed_at is null
order by q.at, q.id

-- name: questions_of
select id, chat from question where request = :request and role = 'village_officer' and closed_at is null
order by id

-- name: hand_question!
update question set role = :role where id = :id

-- name: see_question
update question set seen_at = :now where id = :id and seen_at is null and closed_at is null returning id

-- name: answer_question
update question set closed_at = :now where id = :id and closed_at is null returning id

-- name: forget_questions!
delete from question where chat = :chat

-- name: purge_questions!
delete from question where at < :before or closed_at < :closed

-- name: await_line!
insert into question_line (question, said, chat, line, at) values (:question, :said, :chat, '', :now)
on conflict (question, said, chat) do update set line = '', at = :now

-- name: awaited_lines
select l.question, l.line, n.number, l.at from question_line l
join question q on q.id = l.question
join number n on n.request = q.request and n.until is null
where l.chat = :chat and l.said = :said and l.at > :since
order by l.at desc, l.question desc

-- name: write_line!
update question_line set line = :line where question = :question and said = :said and chat = :chat and line = ''

-- name: line
select line, at from question_line where question = :question and said = :said
and (chat = :chat or said <> 'draft' and exists (select 1 from question q where q.id = :question and q.chat = :chat))

-- name: asked_line
select line from question_line where question = :question and said = :said and line <> ''

-- name: skip_line!
delete from question_line where question = :question and said = :said and chat = :chat and line = ''

-- name: send_line!
update question_line set said = :answer, at = :now
where question = :question and said = :said and chat = :chat and line <> ''

-- name: end_draft!
delete from question_line where question = :question and said = :said and chat = :chat

-- name: close_lines!
delete from question_line where question = :question and said in (:draft, :asked) and line <> ''

-- name: forget_lines!
delete from question_line
where chat = :chat or question in (select q.id from question q where q.chat = :chat)

-- name: purge_lines!
delete from question_line
where question in (select q.id from question q where q.at < :before or q.closed_at < :closed)
