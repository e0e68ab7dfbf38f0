-- How a request went for its family: asked once, answered by nobody in particular.

create table opinion (
    request bigint primary key references request (id),
    verdict text not null default '',
    reason text not null default '',
    said_at bigint
);
create index opinion_said on opinion (said_at);
