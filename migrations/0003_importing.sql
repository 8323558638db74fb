-- Imports: what was taken from whose workbook, how each of its rows fared, and how a unit's headers are to be read.

create table read.import (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  kind text not null,
  role text not null,
  taken_at timestamptz not null,
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.import is 'class: act. One row an import: which workbook, by its digest, and which of its rows.';
create index import_by_division on read.import (div, taken_at desc, id desc);
create index import_by_tenant on read.import (tenant_id, taken_at desc, id desc);

create table private.import_row (
  tenant_id uuid not null,
  import_id uuid not null,
  at integer not null check (at >= 0),
  div text collate "C" not null,
  sheet text not null,
  row integer not null check (row > 0),
  title text not null,
  fate text not null check (fate in ('add', 'replace', 'already', 'keep')),
  -- Names and phones among them; gone as soon as the row has been carried out or refused.
  commands jsonb,
  outcome text check (outcome in ('done', 'already', 'keep', 'refused')),
  said text,
  primary key (tenant_id, import_id, at),
  check (outcome is null or commands is null)
);
comment on table private.import_row is 'class: private. Rows of an import on their way into the registers, and what became of each; what they carry goes when they are done.';
create index import_row_waiting on private.import_row (tenant_id, import_id, at) where outcome is null;

create table machinery.import_correction (
  tenant_id uuid not null,
  kind text not null,
  header text not null,
  div text collate "C" not null,
  -- The column that the header means; none where it is not to be taken.
  key text,
  primary key (tenant_id, kind, header)
);
comment on table machinery.import_correction is 'class: machinery. What a person of the unit said a header means; offered again at the next import.';

do $$
declare
  target text;
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  foreach target in array array['read.import', 'private.import_row', 'machinery.import_correction'] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy scope on %s for all to bihuan_app using (%s) with check (%s)', target, scope, scope);
  end loop;
end $$;

grant select, insert, update, delete on read.import, machinery.import_correction to bihuan_app;
grant select, insert on private.import_row to bihuan_app;
grant update (commands, outcome, said) on private.import_row to bihuan_app;
