-- The monthly self-check: one row a sheet, and the answers as they are saved.

create table read.self_check (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  mine_id uuid not null,
  month text collate "C" not null check (month ~ '^\d{4}-\d{2}$'),
  done boolean not null,
  waits boolean not null,
  submitted_on date,
  signed_on date,
  led_in_person boolean not null,
  asked integer,
  good integer,
  bad integer,
  not_applicable integer,
  not_checked integer,
  primary key (tenant_id, id)
);
comment on table read.self_check is 'class: act. One row a mine and month: handed over, submitted, signed.';
create index self_check_by_mine on read.self_check (mine_id, month desc);

create table core.self_check_answer (
  tenant_id uuid not null,
  sheet_id uuid not null,
  id uuid not null,
  month text collate "C" not null,
  div text collate "C" not null,
  item text not null,
  outcome text not null check (outcome in ('good', 'bad', 'notApplicable', 'notChecked')),
  reason text,
  place text,
  note text,
  photos text[] not null,
  too_dangerous boolean not null,
  -- Grows with every answer a device knows of: of two answers to one question the larger stands.
  seq integer not null check (seq >= 0),
  account_id uuid not null,
  role text not null,
  answered_at timestamptz not null,
  received_at timestamptz not null,
  primary key (tenant_id, sheet_id, id)
);
create index self_check_answer_by_month on core.self_check_answer (tenant_id, month, item);
comment on table core.self_check_answer is 'class: stream. Answers of a self-check as they are saved, by the id the device gave each; what counts is submitted as an act.';

do $$
declare
  target text;
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  foreach target in array array['read.self_check', 'core.self_check_answer'] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy scope on %s for all to bihuan_app using (%s) with check (%s)', target, scope, scope);
  end loop;
end $$;

grant select, insert, update, delete on read.self_check to bihuan_app;
grant select, insert on core.self_check_answer to bihuan_app;
