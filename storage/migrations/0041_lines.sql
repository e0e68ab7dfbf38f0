-- A question that has its answer stays for some days, as a line of the answer may be on its way. What somebody writes in
-- one line: with a question, with an answer, or still to be sent. It is empty while it is waited for.

alter table question add column closed_at bigint;
drop index question_once;
create unique index question_once on question (chat, request) where closed_at is null;

create table question_line (
    question bigint not null references question (id),
    said text not null,
    chat bigint not null,
    line text not null,
    at bigint not null,
    primary key (question, said, chat)
);
create index question_line_chat on question_line (chat);
