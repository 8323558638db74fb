-- Hazards taken over from older ledgers, and the numbers that other systems give a hazard.

alter table read.hazard add column legacy boolean not null default false;
-- System → the number that counts there: the last one written down.
alter table read.hazard add column external_numbers jsonb not null default '{}';

update read.hazard h set external_numbers = n.numbers
from (
  select tenant_id, stream_id, jsonb_object_agg(system, number) as numbers
  from (
    select distinct on (tenant_id, stream_id, body ->> 'system')
      tenant_id, stream_id, body ->> 'system' as system, body ->> 'number' as number
    from core.event where type = 'hazard.externalNumber'
    order by tenant_id, stream_id, body ->> 'system', version desc
  ) last
  group by tenant_id, stream_id
) n
where n.tenant_id = h.tenant_id and n.stream_id = h.id;

-- What a row of a ledger may be the same as: found on one day in one mine.
create index hazard_by_finding on read.hazard (tenant_id, found_on);
