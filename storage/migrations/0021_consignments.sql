-- A bag that somebody brought to a counter, by the act that says so: given as so many, and taken once whoever received it
-- has counted. What did not come went back by an act (`missed`), and a post looks for it. Of its papers only those are
-- written down that are not as they should be.

create table consignment (
    act bigint primary key,
    stage text not null,
    post bigint not null,
    papers integer not null,
    given_at bigint not null,
    taken_by bigint,
    taken_at bigint,
    missed bigint,
    searcher bigint
);
create index consignment_open on consignment (given_at) where taken_at is null;
create index consignment_missed on consignment (missed);

create table consignment_line (
    consignment bigint not null,
    document bigint not null,
    state text not null,
    primary key (consignment, document)
);
