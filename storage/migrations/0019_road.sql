-- What was told afterwards, by message or by photograph: a bag of it says when that was (0: nobody has said yet).

alter table bag add column at bigint not null default 0;
alter table bag add column how text not null default 'button';
alter table bag add column album text not null default '';

drop view event_done;
create view event_done as
select e.document, e.kind, e.from_stage, e.to_stage, e.version, e.at, e.act, a.role, a.village,
    coalesce(d.chat, p.chat) as chat, coalesce(d.role, '') as deputy_role, coalesce(d.village, '') as deputy_village,
    a.how, a.recorded_at
from event e join act a on a.id = e.act left join post p on p.id = a.post left join post d on d.id = a.deputy;
