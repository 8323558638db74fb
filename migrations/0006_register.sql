-- The register of hazards: its columns, its search, the views people save.

create table read.hazard_entry (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  -- What is searched, in one writing (see src/domain/register/words.ts).
  words text not null,
  -- Single characters and pairs of neighbours, each as one number: an index of three-letter words finds no Chinese.
  terms integer[] not null,
  -- Cells that no list filters by, under the keys of src/domain/register/columns.ts; what is empty is left out.
  doc jsonb not null,
  primary key (tenant_id, id)
) with (fillfactor = 85);
comment on table read.hazard_entry is 'class: act. The rest of a hazard''s line in the register: its wide columns and what search finds it by.';

create table read.hazard_past (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  mine_id uuid not null,
  found_by text not null check (found_by in ('mine', 'department')),
  -- How the hazard stood from the end of each of these days on; the other columns go along with it, place by place.
  since date[] not null,
  status text[] not null,
  judged_grade text[] not null,
  found_on date[] not null,
  due_on date[] not null,
  clock_runs boolean[] not null,
  listed boolean[] not null,
  listing_stands boolean[] not null,
  continued boolean[] not null,
  primary key (tenant_id, id)
) with (fillfactor = 85);
comment on table read.hazard_past is 'class: act. One row a hazard: how it stood on every day since it was entered, for figures as of a day.';
create index hazard_past_by_division on read.hazard_past (div);
create index hazard_past_by_mine on read.hazard_past (mine_id);

create table machinery.register_view (
  tenant_id uuid not null,
  account_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  name text not null,
  doc jsonb not null,
  primary key (tenant_id, account_id, id)
);
comment on table machinery.register_view is 'class: machinery. Registers as people arranged them for themselves.';

create table read.register_export (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  account_id uuid not null,
  role text not null,
  taken_at timestamptz not null,
  format text not null check (format in ('xlsx', 'csv')),
  rows integer not null check (rows >= 0),
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.register_export is 'class: act. One row an export: who took which part of the register away, and how many rows.';
create index register_export_by_division on read.register_export (div, taken_at desc, id desc);
create index register_export_by_tenant on read.register_export (tenant_id, taken_at desc, id desc);

create table machinery.export_progress (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  account_id uuid not null,
  total integer not null check (total >= 0),
  written integer not null check (written >= 0),
  state text not null check (state in ('running', 'done', 'broken')),
  at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table machinery.export_progress is 'class: machinery. How far an export under way has come, told while it runs.';
create index export_progress_age on machinery.export_progress (at);

-- ---------------------------------------------------------------------------------------------- orders and filters

-- Each order a register can be put into has its index, each filter that leaves few rows a partial one in the order most
-- asked for: a page is full after a short walk, however many rows match.
create index hazard_by_due on read.hazard (coalesce(due_on, date '9999-12-31'), id);
create index hazard_by_number on read.hazard (number collate "C", id);
create index hazard_by_closing on read.hazard (closed_on) where closed_on is not null;
create index hazard_open_by_day on read.hazard (found_on desc, id desc) where open;
create index hazard_major_by_day on read.hazard (found_on desc, id desc) where grade = 'major';
create index hazard_major_by_division on read.hazard (div, found_on desc, id desc) where grade = 'major';
create index hazard_listed_by_day on read.hazard (found_on desc, id desc) where listed;
create index hazard_listed_by_division on read.hazard (div) where listed;
create index hazard_cited_by_day on read.hazard (found_on desc, id desc) where criteria <> '{}';

-- ---------------------------------------------------------------------------------------------- search

/* The terms of a row and, as numbers below zero, the province, city and district it lies in: so one index finds words
   within a division. A code has at most six digits here; no character pair is in the way, for what is found is compared
   once more as text. */
create function read.search_keys(terms integer[], div text) returns integer[]
language sql immutable parallel safe set search_path = pg_catalog as $$
  select $1 || array[-left($2, 2)::integer, -left($2, 4)::integer, -left($2, 6)::integer]
$$;
grant execute on function read.search_keys(integer[], text) to bihuan_app;

create index hazard_entry_search on read.hazard_entry using gin (read.search_keys(terms, div))
  with (gin_pending_list_limit = 512);

/* Row-level security lets no index serve an operator that could leak (@> could). This is the one door through: it reads
   the scope that the transaction has set, as the policies do, keeps to it itself, and gives back keys alone. One more than
   `most` says: too many, look along the list instead. */
create function read.search_hazards(wanted integer[], needles text[], division text, most integer)
returns table (tenant_id uuid, id uuid)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  lo constant text := coalesce(current_setting('bihuan.div_lo', true), '');
  hi constant text := coalesce(current_setting('bihuan.div_hi', true), '');
  tenants constant uuid[] := coalesce(core.scope_tenants(), '{}');
  narrow constant text := coalesce(division, lo);
begin
  if tenants <> '{}' then
    return query
      select e.tenant_id, e.id from read.hazard_entry e
      where e.tenant_id = any (tenants) and (division is null or e.div like division || '%')
        and (select bool_and(strpos(e.words, n) > 0) from unnest(needles) as n)
      limit most + 1;
    return;
  end if;
  if lo = '' then
    return;
  end if;
  -- Written out with its values, so that the planner sees how many rows the words have.
  return query execute format(
    'select e.tenant_id, e.id from read.hazard_entry e
     where read.search_keys(e.terms, e.div) @> %L::integer[] and e.div >= %L and e.div < %L and e.div like %L
       and (select bool_and(strpos(e.words, n) > 0) from unnest(%L::text[]) as n)
     limit %s',
    wanted || -left(narrow, 6)::integer, lo, hi, narrow || '%', needles, most + 1);
end $$;
revoke all on function read.search_hazards(integer[], text[], text, integer) from public;
grant execute on function read.search_hazards(integer[], text[], text, integer) to bihuan_app;

-- ---------------------------------------------------------------------------------------------- as of a day

/* Every hazard as it stood at the end of a day: the last entry of its past that is not later. Runs as whoever asks. */
create function read.hazard_as_of(day date)
returns table (
  tenant_id uuid, id uuid, div text, mine_id uuid, found_by text, status text, judged_grade text, found_on date, due_on date,
  clock_runs boolean, listed boolean, listing_stands boolean, continued boolean)
language sql stable parallel safe as $$
  select p.tenant_id, p.id, p.div, p.mine_id, p.found_by, p.status[a.at], p.judged_grade[a.at], p.found_on[a.at], p.due_on[a.at],
    p.clock_runs[a.at], p.listed[a.at], p.listing_stands[a.at], p.continued[a.at]
  from read.hazard_past p cross join lateral (select width_bucket(day, p.since) as at) a
  where a.at > 0
$$;
grant execute on function read.hazard_as_of(date) to bihuan_app;

do $$
declare
  target text;
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  foreach target in array array[
    'read.hazard_entry', 'read.hazard_past', 'read.register_export', 'machinery.register_view', 'machinery.export_progress'
  ] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy scope on %s for all to bihuan_app using (%s) with check (%s)', target, scope, scope);
  end loop;
end $$;

grant select, insert, update, delete on
  read.hazard_entry, read.hazard_past, read.register_export, machinery.register_view, machinery.export_progress to bihuan_app;
