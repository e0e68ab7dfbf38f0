-- name: note_look!
insert into look (id, post, what, subject, day, at) values (:id, :post, :what, :subject, :day, :now)
on conflict do nothing

-- name: looks
select l.id, p.role, p.village, p.ordinal, l.what, l.subject, l.at from look l join post p on p.id = l.post
order by l.at desc, l.id desc limit :most

-- name: looks_at
select l.id, p.role, p.village, p.ordinal, l.what, l.subject, l.at from look l join post p on p.id = l.post
where l.subject = :subject order by l.at desc, l.id desc limit :most

-- name: purge_looks!
delete from look where at < :before
