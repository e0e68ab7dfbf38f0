-- Of which documents news did not say that they stand still, for it was over as it left: numbers between commas.
alter table outbox add column untold text not null default '';
