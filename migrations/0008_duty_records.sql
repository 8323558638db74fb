-- Papers of the daily work: meetings of the crews before the shift, and printed forms whose photo files itself.

create table read.crew_meeting (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  held_on date not null,
  crew text not null,
  present integer not null check (present > 0),
  photo text not null check (photo ~ '^[0-9a-f]{64}$'),
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.crew_meeting is 'class: act. One row a meeting before the shift: which crew, how many were there, the photo of the sheet they signed.';
create index crew_meeting_by_tenant on read.crew_meeting (tenant_id, held_on desc, id desc);
create index crew_meeting_by_division on read.crew_meeting (div, held_on desc, id desc);

create table core.paper_form (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  kind text not null check (kind in ('crewCard', 'hazardAct')),
  doc jsonb not null,
  printed_by uuid not null,
  printed_at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table core.paper_form is 'class: stream. Printed forms that wait for the photo of the signed paper: what its QR code stands for. What is signed becomes an act when the photo is filed.';

do $$
declare
  target text;
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  foreach target in array array['read.crew_meeting', 'core.paper_form'] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy scope on %s for all to bihuan_app using (%s) with check (%s)', target, scope, scope);
  end loop;
end $$;

grant select, insert, update, delete on read.crew_meeting to bihuan_app;
grant select, insert on core.paper_form to bihuan_app;
