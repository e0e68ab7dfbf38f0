-- Papers that one giver hands in one by one are counted together: `lead` is the first act of them, which stands for all.
alter table consignment add column lead bigint not null default 0;
update consignment set lead = act;
create index consignment_lead on consignment (lead);
