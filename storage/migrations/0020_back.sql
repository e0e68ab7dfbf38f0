-- When somebody was last back (epoch ms): a refusal of what was sent before then says nothing of them any more.
alter table person add column back_at bigint not null default 0;
