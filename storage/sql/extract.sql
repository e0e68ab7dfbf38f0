-- name: my_person
select lang, code, news, unreachable, unreachable_at, snoozed, rang_at from person where chat = :chat

-- name: my_follows
select number, name, since, expires_at from follow where chat = :chat order by since

-- name: my_consents
select given_at, wording, lang, withdrawn_at from consent where chat = :chat order by given_at

-- name: my_posts
select role, village, label, since, until, last_act_at from post where chat = :chat order by since

-- name: my_messages
select kind, facts, owed_at, sent_at, given_up_at from outbox where chat = :chat order by owed_at, id

-- name: my_questions
select number, lang, asked_at, refused_at from asker where chat = :chat order by asked_at

-- name: my_demands
select village, role, paid, at from demand where chat = :chat order by at

-- name: my_open_questions
select n.number, q.what, q.role, q.at, q.closed_at from question q join number n on n.request = q.request and n.until is null
where q.chat = :chat order by q.at

-- name: my_lines
select n.number, l.line, l.at from question_line l
join question q on q.id = l.question
join number n on n.request = q.request and n.until is null
where l.line <> '' and (l.chat = :chat or q.chat = :chat and l.said <> 'draft') order by l.at

-- name: my_lists
select from_stage, to_stage, village, made_at, act is not null as done from bag where chat = :chat order by made_at

-- name: my_invitations
select role, village, used_at from invite where used_by = :chat order by used_at

-- name: my_cards
select n.number, c.message from card c join number n on n.request = c.request and n.until is null
where c.chat = :chat order by n.number

-- name: my_updates
select received_at from inbox where person = :chat and done_at is null order by received_at

-- name: affected
select 'families' as whose, chat from consent where withdrawn_at is null or withdrawn_at >= :since
union select 'families' as whose, chat from asker
union select 'families' as whose, chat from demand where chat is not null
union select 'families' as whose, chat from question
union select 'staff' as whose, chat from post where chat <> 0 and (until is null or until >= :since)
