-- name: link_group!
insert into village_group (chat, village, post, since) values (:chat, :village, :post, :now)
on conflict (chat) do update set village = excluded.village, post = excluded.post, since = excluded.since

-- name: unlink_group
delete from village_group where chat = :chat returning chat

-- name: forget_group!
delete from person where chat = :chat

-- name: withdraw_group!
delete from outbox where chat = :chat and sent_at is null and claim is null

-- name: group_village
select village from village_group where chat = :chat

-- name: groups_in_reach
select g.chat, g.village from village_group g left join person p on p.chat = g.chat
where p.unreachable is null order by g.chat

-- name: groups_away
select g.chat, p.unreachable from village_group g join person p on p.chat = g.chat
where p.unreachable is not null

-- name: move_group!
update village_group set chat = :to where chat = :chat and not exists (select 1 from village_group g where g.chat = :to)

-- name: move_owed!
update outbox set chat = :to, due_at = owed_at where chat = :chat and sent_at is null and claim is null

-- name: families_by_stage
select distinct request, case when hold is null then stage else '' end as stage from document
where closed_at is null and village = :village
