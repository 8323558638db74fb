-- The public board of a mine.

create table read.board (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  printed_on date,
  printed_digest text check (printed_digest ~ '^[0-9a-f]{64}$'),
  posted_on date,
  -- Whether the page on the web is open, and by which reference of the disclosure review.
  published boolean not null,
  reference text,
  doc jsonb not null,
  primary key (tenant_id, id),
  check (published = (reference is not null))
);
comment on table read.board is 'class: act. One row a mine: when its board was last printed and put up, and whether its page on the web is open.';
create index board_by_division on read.board (div, tenant_id);

do $$
declare
  target text;
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  foreach target in array array['read.board'] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy scope on %s for all to bihuan_app using (%s) with check (%s)', target, scope, scope);
  end loop;
end $$;

grant select, insert, update, delete on read.board to bihuan_app;
