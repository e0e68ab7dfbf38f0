-- What staff look for: open documents by age, and numbers by their last digits (`substr` from the tenth of twelve).

create index document_open on document (since, id) where closed_at is null;
create index number_tail on number (substr(number, 10));
