-- How long documents of a kind took lately from their coming to a stage to their being ready: working days, sorted, as
-- JSON; those that are not ready yet stand at the end, as null.

create table pace (
    type text not null,
    stage text not null,
    days text not null,
    primary key (type, stage)
);
