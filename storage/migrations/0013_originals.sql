-- The originals of a family, step by step: what it handed in with a request ('out'), got back ('back'), or never handed
-- in after all ('none'). A request counts its steps, by which they are guarded, and what is out.

create table original (
    request bigint not null references request (id),
    act bigint not null,
    paper text not null,
    state text not null,
    primary key (request, act, paper)
);

alter table request add column papers bigint not null default 0;
alter table request add column papers_out bigint not null default 0;
create index request_papers on request (village, closed_at) where papers_out > 0;
