-- The columns of a record, written once: a query says which rows, and the record of the same fields takes them as they come.
-- A view that was shipped stays as it is, for its rows are read by their number of columns: another column is another view.

create view document_now as
select d.id, d.request, n.number, d.village, d.type, d.stage, d.since, d.version, d.hold, d.hold_since, d.hold_review,
    d.holder, d.closed_at
from document d join number n on n.request = d.request and n.until is null;

create view event_by as
select e.document, e.kind, e.from_stage, e.to_stage, e.version, e.at, e.act, a.role, a.village, p.chat
from event e join act a on a.id = e.act left join post p on p.id = a.post;

alter table inbox rename column lane to person;
alter table mark drop column note;
