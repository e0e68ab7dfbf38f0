-- What families read of a step beyond where it led: what is missing, or why it ended. In every language, as JSON.

create table remark (
    act bigint not null,
    document bigint not null,
    words text not null,
    primary key (act, document)
);
