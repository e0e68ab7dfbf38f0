-- What somebody calls themselves among staff, such as "motor biru".
alter table post add column label text not null default '';
