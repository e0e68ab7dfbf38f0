-- A visitor of the public page names a number and its pickup code. Misses of visitors are counted apart from those of
-- chats (source: 'page', or nothing for a chat), so that neither slows the other; and so are wrong codes of a request,
-- whoever names them.

alter table miss add column source text not null default '';
alter table request add column page_tries integer not null default 0;
