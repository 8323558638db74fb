-- What the bureau and the mine keep of a mine besides its entry: crews, posts, permits, days at the mine.

create table read.mine_unit (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  kind text not null check (kind in ('workshop', 'crew', 'post', 'contractor', 'lessor')),
  name text not null,
  active boolean not null,
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.mine_unit is 'class: registry. Workshops, crews and posts of a mine, and the contractors and lessors on its ground.';

create table read.permit (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  -- Key of one of the rulebook's kinds: the bureau edits that list, so no check stands here.
  kind text not null,
  number text not null,
  valid_until date,
  ended_on date,
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.permit is 'class: registry. Permits of a mine, its company and its contractors, with their last day.';
create index permit_by_last_day on read.permit (valid_until, tenant_id, id);

create table read.key_presence (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  mine_id uuid not null,
  person_id uuid not null,
  offices text[] not null,
  on_day date not null,
  month text collate "C" not null check (month ~ '^\d{4}-\d{2}$'),
  matters text not null,
  paper text[] not null,
  stands boolean not null,
  corrected boolean not null,
  on_behalf boolean not null,
  recorded_on date not null,
  primary key (tenant_id, id)
);
comment on table read.key_presence is 'class: act. A day that a legal representative or an actual controller was at the mine, and what he saw to.';
create index key_presence_by_month on read.key_presence (tenant_id, month, on_day);

do $$
declare
  target text;
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  foreach target in array array['read.mine_unit', 'read.permit', 'read.key_presence'] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy scope on %s for all to bihuan_app using (%s) with check (%s)', target, scope, scope);
  end loop;
end $$;

grant select, insert, update, delete on read.mine_unit, read.permit, read.key_presence to bihuan_app;
