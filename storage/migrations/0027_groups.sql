-- Group chats in which a village's counts are posted; linked by a post. Nothing is kept of who is in them.

create table village_group (
    chat bigint primary key,
    village text not null,
    post bigint not null,
    since bigint not null
);
