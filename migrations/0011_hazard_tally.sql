-- What the home page counts and lists, kept with the hazards instead of counted over all of them at each request.

create table read.hazard_matter (
  tenant_id uuid not null,
  id uuid not null,
  -- Which of the hazard's matters it is, from 1.
  place smallint not null,
  div text collate "C" not null,
  side text not null check (side in ('mine', 'bureau')),
  kind text not null,
  act text not null,
  -- What no rule sets a day for is due after all else.
  due_on date not null,
  since date not null,
  primary key (tenant_id, id, place)
);
comment on table read.hazard_matter is 'class: derived. One row a matter that waits, made from read.hazard by its triggers: the lists of both homes, worst first.';
-- A narrow scope reads its own few and sorts them, a wide one walks along the order until the page is full; neither needs the rows.
create index hazard_matter_by_division on read.hazard_matter (div, side) include (kind, act, due_on, since, tenant_id, id, place);
create index hazard_matter_worst on read.hazard_matter (side, due_on, since, id) include (kind, act, div, tenant_id, place);

/* The tally: for each mine one row that counts, and beside it one for each day on which clocks that run there fall due, so
   that "overdue on any day" is a sum over earlier days. What is counted stands here once; the table, its triggers and the
   view that counts anew are made from it. A record that goes on as another counts there alone (PRACTICE A5). */
do $$
declare
  counted constant text[][] := array[
    array['major_found', $c$h.judged_grade = 'major'$c$],
    array['major_open', $c$h.judged_grade = 'major' and h.open$c$],
    array['major_closed', $c$h.judged_grade = 'major' and h.status = 'closed'$c$],
    array['major_running', $c$h.judged_grade = 'major' and h.clock_runs$c$],
    array['major_extended', $c$h.judged_grade = 'major' and h.open and h.extended$c$],
    array['major_by_mine', $c$h.judged_grade = 'major' and h.found_by = 'mine'$c$],
    array['major_by_department', $c$h.judged_grade = 'major' and h.found_by = 'department'$c$],
    array['dual_reported', $c$h.judged_grade = 'major' and h.dual_reported$c$],
    array['listed', $c$h.listed$c$],
    array['listing_stands', $c$h.listing_stands$c$],
    array['delisted', $c$h.listed and not h.listing_stands$c$],
    array['general_found', $c$h.judged_grade = 'general'$c$],
    array['general_open', $c$h.judged_grade = 'general' and h.open$c$],
    array['general_closed', $c$h.judged_grade = 'general' and h.status = 'closed'$c$],
    array['general_running', $c$h.judged_grade = 'general' and h.clock_runs$c$],
    array['general_repeated', $c$h.judged_grade = 'general' and h.repeated$c$],
    array['verifying', $c$h.status = 'found' and h.found_by = 'department'$c$],
    array['not_established', $c$h.status = 'notEstablished'$c$],
    array['running', $c$h.clock_runs$c$],
    array['open_suspected', $c$h.open and h.judged_grade is null and h.grade = 'major'$c$],
    array['open_general', $c$h.open and h.grade = 'general'$c$],
    array['open_unjudged', $c$h.open and h.grade is null$c$],
    array['stopped_whole', $c$h.stop = 'whole'$c$],
    array['stopped_partial', $c$h.stop = 'partial'$c$]
  ];
  names constant text := (select string_agg(counted[at][1], ', ' order by at) from generate_subscripts(counted, 1) at);
  columns constant text := (
    select string_agg(counted[at][1] || ' integer not null', ', ' order by at) from generate_subscripts(counted, 1) at);
  -- Of rows `h`, each with its sign: what they add to the tally.
  counts constant text := (
    select format(
      $t$select h.tenant_id, h.mine_id, case when h.clock_runs then coalesce(h.due_on, 'infinity') else 'infinity' end as due_on,
        min(h.div) as div, sum(h.sign)::integer as hazards, %s,
        coalesce(sum(h.sign * h.funds_planned) filter (where h.judged_grade = 'major'), 0)::bigint as funds_planned,
        coalesce(sum(h.sign * h.funds_spent) filter (where h.judged_grade = 'major'), 0)::bigint as funds_spent
      from %%s h where not h.continued group by 1, 2, 3$t$,
      string_agg(
        format('coalesce(sum(h.sign) filter (where %s), 0)::integer as %s', counted[at][2], counted[at][1]), ', ' order by at))
    from generate_subscripts(counted, 1) at);
  -- In the order of the keys, so that two transactions never wait for each other; what changes nothing touches nothing.
  keep constant text := (
    select format(
      $t$insert into read.hazard_tally as t (tenant_id, mine_id, due_on, div, hazards, %s, funds_planned, funds_spent)
      select * from (%s) n
      where n.hazards <> 0 or n.funds_planned <> 0 or n.funds_spent <> 0 or %s
      order by n.tenant_id, n.mine_id, n.due_on
      on conflict (tenant_id, mine_id, due_on) do update set hazards = t.hazards + excluded.hazards,
        funds_planned = t.funds_planned + excluded.funds_planned, funds_spent = t.funds_spent + excluded.funds_spent, %s$t$,
      names, counts, string_agg(format('n.%s <> 0', counted[at][1]), ' or ' order by at),
      string_agg(format('%1$s = t.%1$s + excluded.%1$s', counted[at][1]), ', ' order by at))
    from generate_subscripts(counted, 1) at);
  emptied constant text := $t$delete from read.hazard_tally t using gone g
      where t.tenant_id = g.tenant_id and t.mine_id = g.mine_id and t.hazards = 0$t$;
  matters constant text := $t$select h.tenant_id, h.id, m.place::smallint as place, h.div, m.matter ->> 'side' as side, m.matter ->> 'kind' as kind,
        m.matter ->> 'act' as act,
        coalesce((m.matter ->> 'dueOn')::date, 'infinity') as due_on, (m.matter ->> 'since')::date as since
      from %s h cross join lateral jsonb_array_elements(h.matters) with ordinality as m(matter, place)$t$;
  -- What a hand at the database left behind must not stand in an act's way: a rebuild tells and mends it.
  put constant text := $t$insert into read.hazard_matter (tenant_id, id, place, div, side, kind, act, due_on, since) %s
      on conflict (tenant_id, id, place) do update set div = excluded.div, side = excluded.side, kind = excluded.kind,
        act = excluded.act, due_on = excluded.due_on, since = excluded.since$t$;
  changed constant text := 'added a join gone g on g.tenant_id = a.tenant_id and g.id = a.id where a.matters <> g.matters';
  does constant text := $t$create function read.%s() returns trigger language plpgsql set search_path = pg_catalog as
    $f$ begin %s; return null; end $f$ $t$;
begin
  execute format('create table read.hazard_tally (
    tenant_id uuid not null,
    mine_id uuid not null,
    -- Infinity: hazards whose clock does not run, or that have no day.
    due_on date not null,
    div text collate "C" not null,
    hazards integer not null,
    %s,
    funds_planned bigint not null,
    funds_spent bigint not null,
    primary key (tenant_id, mine_id, due_on)
  ) with (fillfactor = 70)', columns);
  execute format('create view read.hazard_recount with (security_invoker = true) as ' || counts,
    '(select 1 as sign, * from read.hazard)');
  -- One division beside the other, as they are read.
  execute 'insert into read.hazard_tally select tenant_id, mine_id, due_on, div, hazards, ' || names
    || ', funds_planned, funds_spent from read.hazard_recount order by div, mine_id, due_on';
  execute 'create view read.hazard_matter_anew with (security_invoker = true) as ' || format(matters, 'read.hazard');
  execute format(put, 'select * from read.hazard_matter_anew order by div, tenant_id, id, place');

  -- By statement, not by row: a register that is filled or mended counts once.
  execute format(does, 'count_added',
    concat_ws('; ', format(keep, '(select 1 as sign, * from added)'), format(put, format(matters, 'added'))));
  execute format(does, 'count_gone',
    concat_ws('; ', format(keep, '(select -1 as sign, * from gone)'), emptied,
      'delete from read.hazard_matter m using gone g where m.tenant_id = g.tenant_id and m.id = g.id'));
  execute format(does, 'count_changed',
    concat_ws('; ', format(keep, '(select 1 as sign, * from added union all select -1, * from gone)'), emptied,
      format('delete from read.hazard_matter m using (select a.tenant_id, a.id from %s) c where m.tenant_id = c.tenant_id and m.id = c.id', changed),
      format(put, format(matters, format('(select a.* from %s)', changed)))));
end $$;
comment on table read.hazard_tally is 'class: derived. Per mine and day on which clocks fall due, how many hazards stand how; made from read.hazard by its triggers.';
comment on view read.hazard_recount is 'What read.hazard_tally must say, counted anew.';
comment on view read.hazard_matter_anew is 'What read.hazard_matter must hold, made anew.';
create index hazard_tally_by_division on read.hazard_tally (div);
create index hazard_tally_stopped on read.hazard_tally (div) include (mine_id) where stopped_whole > 0 or stopped_partial > 0;

create trigger count_added after insert on read.hazard
  referencing new table as added for each statement execute function read.count_added();
create trigger count_gone after delete on read.hazard
  referencing old table as gone for each statement execute function read.count_gone();
create trigger count_changed after update on read.hazard
  referencing old table as gone new table as added for each statement execute function read.count_changed();

-- A list in an order of its own needs an index for what it is narrowed by, in that order.
create index hazard_open_by_due on read.hazard (coalesce(due_on, date '9999-12-31'), id) where open;
create index hazard_stopped_by_day on read.hazard (found_on desc, id desc) where stop is not null;
create index hazard_major_open_by_division on read.hazard (div, found_on desc, id desc) where open and judged_grade = 'major';

do $$
declare
  target text;
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  foreach target in array array['read.hazard_tally', 'read.hazard_matter'] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy scope on %s for all to bihuan_app using (%s) with check (%s)', target, scope, scope);
  end loop;
end $$;

grant select, insert, update, delete on read.hazard_tally, read.hazard_matter to bihuan_app;

-- ---------------------------------------------------------------------------------------------- search

/* Whether more rows of the scope have the terms than a list would name, and at least one in a hundred, as the planner
   estimates it: the search itself would read its way to the limit only to be told so. What the statistics do not know is
   taken for rarer than that. It sees no row, and says yes or no alone. Volatile, for a plan may be asked for in no other. */
create function read.search_is_common(wanted integer[], division text, most integer) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  lo constant text := coalesce(current_setting('bihuan.div_lo', true), '');
  place constant integer := -left(coalesce(nullif(division, ''), nullif(lo, ''), '0'), 6)::integer;
  having_them json;
  all_there json;
  estimate numeric;
begin
  if lo = '' or coalesce(core.scope_tenants(), '{}') <> '{}' then
    return false;
  end if;
  execute format('explain (format json) select from read.hazard_entry e where read.search_keys(e.terms, e.div) @> %L::integer[]',
    wanted || place) into having_them;
  estimate := (having_them -> 0 -> 'Plan' ->> 'Plan Rows')::numeric;
  if estimate <= most then
    return false;
  end if;
  execute format('explain (format json) select from read.hazard_entry e where read.search_keys(e.terms, e.div) @> %L::integer[]',
    array[place]) into all_there;
  return estimate * 100 >= (all_there -> 0 -> 'Plan' ->> 'Plan Rows')::numeric;
end $$;
revoke all on function read.search_is_common(integer[], text, integer) from public;
grant execute on function read.search_is_common(integer[], text, integer) to bihuan_app;
