-- A history tells why something stood still, and why a record was put right. It is a view of its own: the version before,
-- which works on meanwhile, reads all columns of event_done and knows no more of them.
create view event_told as
select e.document, e.kind, e.from_stage, e.to_stage, e.version, e.at, e.act, a.role, a.village,
    coalesce(d.chat, p.chat) as chat, coalesce(d.role, '') as deputy_role, coalesce(d.village, '') as deputy_village,
    a.how, a.recorded_at, e.hold, a.reason
from event e join act a on a.id = e.act left join post p on p.id = a.post left join post d on d.id = a.deputy;
