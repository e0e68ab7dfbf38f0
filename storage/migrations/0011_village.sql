-- What a village got lately, for its own list.
create index document_closed on document (village, closed_at) where closed_at is not null;
