-- name: person
select p.lang, p.code, p.unreachable, p.news, t.id as id, t.role, t.village, t.ordinal, t.since, t.last_act_at, t.chat, t.label,
    0 as deputy, case when exists (select 1 from lent l where l.post = t.id and l.until > :now) then 1 else 0 end as covered
from person p left join post t on t.chat = p.chat and t.until is null
where p.chat = :chat order by t.id

-- name: lent_posts
select t.id, t.role, t.village, t.ordinal, t.since, t.last_act_at, t.chat, t.label, l.deputy, 0 as covered
from lent l join post t on t.id = l.post and t.until is null
where l.chat = :chat and l.until > :now order by l.deputy, t.id

-- name: is_known
select chat from post where chat = :chat and until is null union all select chat from follow where chat = :chat limit 1

-- name: keep_person!
insert into person (chat, code) values (:chat, :code)
on conflict (chat) do update set code = coalesce(excluded.code, person.code)

-- name: choose_language!
insert into person (chat, lang) values (:chat, :lang) on conflict (chat) do update set lang = excluded.lang

-- name: pause_person!
insert into person (chat, paused_until) values (:chat, :until)
on conflict (chat) do update set paused_until = excluded.paused_until where person.paused_until < excluded.paused_until

-- name: lose_person
insert into person (chat, paused_until, unreachable, unreachable_at) values (:chat, :until, :reason, :at)
on conflict (chat) do update
set paused_until = excluded.paused_until, unreachable = excluded.unreachable, unreachable_at = excluded.unreachable_at
where person.back_at < :began returning chat

-- name: note_return!
update person set back_at = :now where chat = :chat

-- name: find_person
update person set paused_until = 0, unreachable = null, unreachable_at = null
where chat = :chat and unreachable is not null returning chat

-- name: find_everybody
update person set paused_until = 0, unreachable = null, unreachable_at = null where unreachable is not null
returning chat

-- name: away
select unreachable, count(*) from person where unreachable is not null group by unreachable order by unreachable

-- name: forget_person!
delete from person where chat = :chat and not exists (select 1 from post where post.chat = person.chat)

-- name: blank_person!
update person set lang = null, code = null, snoozed = 0, rang_at = null, news = '' where chat = :chat

-- name: forget_askers!
delete from asker where chat = :chat

-- name: forget_cards!
delete from card where chat = :chat

-- name: forget_consents!
delete from consent where chat = :chat

-- name: forget_notices!
delete from outbox where chat = :chat and (kind in ('act', 'answer', 'regret', 'papers') or sent_at is not null or given_up_at is not null
    or not exists (select 1 from post t where t.chat = outbox.chat and t.until is null))

-- name: forget_updates!
update inbox set body = null, person = 0, error = null, failed_at = null, done_at = received_at
where person = :chat and failed_at is not null

-- name: forget_drafts!
update request set draft = 'forgotten:' || id where act in (
    select a.id from act a join post t on t.id = coalesce(a.deputy, a.post)
    where t.chat = :chat and t.until is not null and a.kind = 'file')

-- name: forget_keys!
update act set key = null
where kind = 'file' and coalesce(deputy, post) in (select t.id from post t where t.chat = :chat and t.until is not null)

-- name: forget_posts!
update post set chat = case when until is null then chat else 0 end, label = '' where chat = :chat

-- name: forget_invites!
update invite set used_by = null
where used_by = :chat and not exists (select 1 from post t where t.chat = :chat and t.until is null)

-- name: forget_bags!
update bag set chat = 0
where chat = :chat and not exists (select 1 from post t where t.chat = :chat and t.until is null)

-- name: give_post
insert into post (id, chat, role, village, ordinal, since)
select :id, :chat, :role, :village, coalesce(max(ordinal), 0) + 1, :now from post where role = :role and village = :village
on conflict do nothing returning id

-- name: held_post
select id from post where chat = :chat and role = :role and village = :village and until is null

-- name: lock_heads!
update post set until = until where role = 'head' and until is null

-- name: end_post
update post set until = :now where id = :id and until is null
and (role <> 'head' or (select count(*) from post h where h.role = 'head' and h.until is null) > 1)
returning id

-- name: touch_post!
update post set last_act_at = :now where id = :id

-- name: posts
select id, role, village, ordinal, since, last_act_at, chat, label, 0 as deputy, 0 as covered from post where until is null order by role, village, ordinal

-- name: post_by_id
select id, role, village, ordinal, since, last_act_at, chat, label, 0 as deputy, 0 as covered from post where id = :id and until is null

-- name: staff_active_since
select distinct chat from post where until is null and last_act_at >= :since

-- name: make_invite
insert into invite (id, digest, role, village, made_by, made_at, expires_at)
values (:id, :digest, :role, :village, :made_by, :now, :expires_at)
on conflict (id) do update set digest = excluded.digest, role = excluded.role, village = excluded.village,
    made_at = excluded.made_at, expires_at = excluded.expires_at
where invite.used_at is null and invite.made_by = excluded.made_by returning id

-- name: spend_invite
update invite set used_at = :now, used_by = :chat
where digest = :digest and expires_at > :now and used_at is null returning id, role, village, made_by, expires_at

-- name: spent_invite
select i.id, i.role, i.village, i.made_by, i.expires_at
from invite i join post p on p.chat = i.used_by and p.role = i.role and p.village = i.village and p.until is null
where i.digest = :digest and i.used_by = :chat

-- name: open_invites
select id, role, village, made_by, expires_at from invite where used_at is null and expires_at > :now order by id

-- name: withdraw_invite
update invite set expires_at = :now where id = :id and used_at is null and expires_at > :now returning id

-- name: label_posts!
update post set label = :label where chat = :chat and until is null

-- name: consent!
insert into consent (id, chat, given_at, wording, lang) values (:id, :chat, :now, :wording, :lang)

-- name: agreed
select id from consent where chat = :chat and wording = :wording and withdrawn_at is null limit 1

-- name: withdraw_consents!
update consent set withdrawn_at = :now where chat = :chat and withdrawn_at is null
and not exists (select 1 from follow where follow.chat = consent.chat)

-- name: follow
insert into follow (chat, number, since, expires_at, consent) values (:chat, :number, :now, :expires_at, :consent)
on conflict (chat, number) do update
set since = excluded.since, expires_at = excluded.expires_at, consent = excluded.consent
where follow.expires_at < :now returning number

-- name: lock_followed!
update document set version = version where request in (select n.request from number n where n.number = :number)

-- name: unfollow!
delete from follow where chat = :chat and number = :number

-- name: unfollow_all!
delete from follow where chat = :chat

-- name: follows
select f.number, f.since, f.expires_at, n.request, f.name
from follow f left join number n on n.number = f.number
where f.chat = :chat order by f.since desc limit :most

-- name: is_following
select f.number, f.since, f.expires_at, n.request, f.name
from follow f left join number n on n.number = f.number
where f.chat = :chat and f.number = :number

-- name: settle_waits!
update follow set expires_at = null where number = :number and expires_at is not null

-- name: purge_follows!
delete from follow where expires_at < :now or exists (
    select 1 from number n join request r on r.id = n.request
    where n.number = follow.number and r.closed_at < :closed_before)

-- name: end_consents!
update consent set withdrawn_at = :now where withdrawn_at is null
and not exists (select 1 from follow f where f.chat = consent.chat)

-- name: purge_consents!
delete from consent where withdrawn_at < :before

-- name: purge_people!
delete from person where lang is null and unreachable is null and paused_until < :before
and not exists (select 1 from post t where t.chat = person.chat)
and not exists (select 1 from follow f where f.chat = person.chat)
and not exists (select 1 from consent c where c.chat = person.chat)

-- name: purge_lost_people!
delete from person where unreachable_at < :before and not exists (select 1 from post t where t.chat = person.chat)
and not exists (select 1 from follow f where f.chat = person.chat)
and not exists (select 1 from outbox o where o.chat = person.chat and o.sent_at is null and o.given_up_at is null)

-- name: purge_invites!
delete from invite where expires_at < :before

-- name: menus
select p.chat as chat, p.lang, p.code, p.menu, t.role, t.village, t.id as id
from person p left join post t on t.chat = p.chat and t.until is null
where p.unreachable is null and (t.id is not null or p.menu <> 0)
union all
select p.chat as chat, p.lang, p.code, p.menu, t.role, t.village, t.id as id
from lent l join person p on p.chat = l.chat join post t on t.id = l.post and t.until is null
where p.unreachable is null and l.until > :now
order by chat, id

-- name: menu_shown!
update person set menu = :menu where chat = :chat
