-- What one person did, found without walking everybody's events; and the hand-over of a post.

-- 我的履职记录 asks for the acts of a few accounts, latest first; everything else reads events by their stream.
create index event_by_account on core.event (account_id, received_at desc);

create table read.handover (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  status text not null check (status in ('given', 'taken', 'withdrawn')),
  from_person uuid not null,
  to_person uuid not null,
  given_at timestamptz not null,
  ended_at timestamptz,
  items integer not null check (items >= 0),
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.handover is 'class: act. One row a hand-over of a post: what stood open, who gave, who took.';
create index handover_by_day on read.handover (tenant_id, given_at desc, id desc);

do $$
declare
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  execute 'alter table read.handover enable row level security';
  execute format('create policy scope on read.handover for all to bihuan_app using (%s) with check (%s)', scope, scope);
end $$;

grant select, insert, update, delete on read.handover to bihuan_app;
