-- The documents of a receipt that a telephone was told by SMS to stand still, and not yet to go on: their ids, a space
-- before and behind each.
alter table sms_follow add column told_held text not null default '';
