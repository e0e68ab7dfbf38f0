-- Why somebody put right what was recorded.
alter table act add column reason text not null default '';
