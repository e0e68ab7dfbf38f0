-- Receipt numbers that are on paper before anything is filed under them: a village's booklet of slips.
create table reserved (
    number text primary key,
    village text not null,
    booklet bigint not null,
    reserved_at bigint not null,
    reserved_by bigint,
    filed_at bigint
);
create index reserved_booklet on reserved (booklet, number);
create index reserved_open on reserved (village, booklet) where filed_at is null;
