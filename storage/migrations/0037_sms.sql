-- Families who want their news by SMS: a telephone and its language (`sms_phone`), and the receipts that it follows.
-- Nothing else refers to a telephone but by this id, and it goes with the last receipt.

create table sms_phone (
    id bigint primary key,
    phone text not null unique,
    lang text not null,
    since bigint not null
);

create table sms_follow (
    phone bigint not null references sms_phone (id),
    number text not null,
    since bigint not null,
    primary key (phone, number)
);
create index sms_follow_number on sms_follow (number);
