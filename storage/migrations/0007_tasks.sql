-- A bag of what its officer carries: refreshed, it holds that alone.

alter table bag add column mine integer not null default 0;
create index bag_act on bag (act) where act is not null;
