-- The ground everything stands on: events and what execute keeps beside them, private data apart, the machine's own tables.
-- Every table's comment begins with its data class (see docs/architecture.md); a test reads it.

create schema core;
create schema ledger;
create schema read;
create schema private;
create schema if not exists machinery;

grant usage on schema core, ledger, read, private, machinery to bihuan_app;
grant usage on schema ledger to bihuan_sequencer;

-- ---------------------------------------------------------------------------------------------- events

create table core.stream (
  tenant_id uuid not null,
  stream_id uuid not null,
  div text collate "C" not null,
  kind text not null,
  version integer not null check (version > 0),
  primary key (tenant_id, stream_id)
);
comment on table core.stream is 'class: act. Head of every stream: what rebuild walks and what a decision locks when it reads another stream.';
create index stream_kind on core.stream (kind, tenant_id, stream_id);

create table core.event (
  tenant_id uuid not null,
  stream_id uuid not null,
  version integer not null check (version > 0),
  div text collate "C" not null,
  id uuid not null,
  kind text not null,
  type text not null,
  v integer not null check (v > 0),
  body jsonb not null,
  account_id uuid not null,
  role text not null,
  person_id uuid,
  command_id uuid not null,
  rulebook_version text not null,
  captured_at timestamptz,
  received_at timestamptz not null,
  primary key (tenant_id, stream_id, version)
);
comment on table core.event is 'class: act. The log of what happened. Bodies never change; div is routing, rewritten when a mine moves division.';
create index event_id on core.event (tenant_id, id);

create table core.command (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  hash bytea not null check (octet_length(hash) = 32),
  receipt jsonb not null,
  received_at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table core.command is 'class: act. Every accepted command, for ever: sent twenty times it happens once.';

create table core.counter (
  tenant_id uuid not null,
  series text not null,
  div text collate "C" not null,
  value integer not null check (value > 0),
  primary key (tenant_id, series)
);
comment on table core.counter is 'class: machinery. Gapless document numbers: raised inside the transaction that uses the number.';

create table core.claim (
  kind text not null,
  value text not null,
  tenant_id uuid not null,
  div text collate "C" not null,
  stream_id uuid not null,
  primary key (kind, value)
);
comment on table core.claim is 'class: machinery. What must be unique across all tenants (credit code, account name); a reference table.';
create index claim_stream on core.claim (tenant_id, stream_id);

create table core.file (
  tenant_id uuid not null,
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  div text collate "C" not null,
  name text not null,
  mime text not null,
  kind text not null,
  size bigint not null check (size > 0),
  captured_at timestamptz,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null,
  primary key (tenant_id, sha256)
);
comment on table core.file is 'class: stream. Who may read which stored content; uploaded before the record that refers to it is saved.';

-- Bodies are committed to by leaves; only the routing column may follow a mine that moves.
create function core.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = '55000';
end $$;

create function core.only_div_may_change() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'div' is distinct from to_jsonb(old) - 'div' then
    raise exception '% is append-only: update refused', tg_table_name using errcode = '55000';
  end if;
  return new;
end $$;

create trigger event_kept before delete on core.event for each row execute function core.refuse_change();
create trigger event_unchanged before update on core.event for each row execute function core.only_div_may_change();
create trigger event_not_emptied before truncate on core.event for each statement execute function core.refuse_change();
create trigger command_kept before delete on core.command for each row execute function core.refuse_change();
create trigger command_unchanged before update on core.command for each row execute function core.only_div_may_change();
create trigger command_not_emptied before truncate on core.command for each statement execute function core.refuse_change();

-- ---------------------------------------------------------------------------------------------- log's outbox

create table ledger.outbox (
  id bigint generated always as identity primary key,
  leaf bytea not null check (octet_length(leaf) between 1 and 60000),
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  at timestamptz not null
);
comment on table ledger.outbox is 'class: machinery. Leaves waiting for the log, written in the transaction of the act; stays on the coordinator.';
create trigger outbox_kept before update or delete on ledger.outbox for each row execute function core.refuse_change();
create trigger outbox_not_emptied before truncate on ledger.outbox for each statement execute function core.refuse_change();

create table private.leaf_salt (
  tenant_id uuid not null,
  stream_id uuid not null,
  version integer not null,
  div text collate "C" not null,
  salt bytea not null check (octet_length(salt) = 32),
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  primary key (tenant_id, stream_id, version)
);
comment on table private.leaf_salt is 'class: private. Opens the commitment of a leaf; erasing it closes the leaf for ever and breaks no proof.';

-- ---------------------------------------------------------------------------------------------- private data

create table private.person (
  tenant_id uuid not null,
  person_id uuid not null,
  div text collate "C" not null,
  name text,
  phone text,
  updated_at timestamptz not null,
  primary key (tenant_id, person_id)
);
comment on table private.person is 'class: private. Names and phones: a source of its own, erasable, never in events.';

create table private.account (
  tenant_id uuid not null,
  account_id uuid not null,
  div text collate "C" not null,
  login text not null,
  password_hash text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, account_id)
);
comment on table private.account is 'class: private. What an account signs in with. The application reads the login within its scope; the hash, through machinery.sign_in_account alone.';
create index account_login on private.account (login);

-- ---------------------------------------------------------------------------------------------- the machine's own

create table machinery.session (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  account_id uuid not null,
  login text not null,
  home_tenant_id uuid not null,
  person_id uuid,
  role text not null,
  scope jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table machinery.session is 'class: machinery. Signed-in browsers; the token itself is never stored.';
create index session_account on machinery.session (account_id);
create index session_expiry on machinery.session (expires_at);

create table machinery.sign_in_attempt (
  login text primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz
);
comment on table machinery.sign_in_attempt is 'class: machinery. Failed sign-ins in a row, for the lockout.';
create index sign_in_attempt_age on machinery.sign_in_attempt (last_failed_at);

create table machinery.setting (
  key text primary key,
  value jsonb not null
);
comment on table machinery.setting is 'class: machinery. What this installation is: demo or real, its business clock.';

-- ---------------------------------------------------------------------------------------------- registries

create table read.tenant (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  kind text not null check (kind in ('mine', 'company', 'organisation')),
  name text not null,
  primary key (tenant_id, id),
  check (tenant_id = id)
);
comment on table read.tenant is 'class: registry. Mines, companies and organisations as owners of records; gives every record its division.';
create index tenant_by_division on read.tenant (div, name, id);

create table read.company (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  name text not null,
  credit_code text not null,
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.company is 'class: registry. The legal person; it may have several mines.';
create index company_by_division on read.company (div, name, id);

create table read.mine (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  company_id uuid not null,
  code text not null,
  name text not null,
  mine_type text not null check (mine_type in ('openPit', 'underground', 'tailings')),
  status text not null check (status in ('producing', 'rectifying', 'underConstruction', 'longSuspended', 'constructionHalted', 'outOfUse')),
  in_scope boolean not null,
  staff_own integer not null check (staff_own >= 0),
  staff_contracted integer not null check (staff_contracted >= 0),
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.mine is 'class: registry. A mine or production system, with its own permit, status and register.';
create index mine_by_division on read.mine (div, code, id);
create index mine_by_company on read.mine (company_id);

create table read.organisation (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  kind text not null check (kind in ('districtBureau', 'cityBureau', 'township', 'expertPool')),
  name text not null,
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.organisation is 'class: registry. Bureaus, township stations, pools of experts.';

create table read.person (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  post text not null,
  active boolean not null,
  doc jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.person is 'class: registry. A person by post; name and phone lie in private.person.';
create index person_by_division on read.person (div, tenant_id, post);
-- An event names the person alone; who acts on a mine's entry mostly belongs to another house.
create index person_by_id on read.person (id);

create table read.account (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  person_id uuid,
  disabled boolean not null,
  grants jsonb not null,
  primary key (tenant_id, id)
);
comment on table read.account is 'class: registry. Accounts and their grants; what they sign in with lies in private.account.';
create index account_by_division on read.account (div, tenant_id, id);

-- ---------------------------------------------------------------------------------------------- hazards

create table read.hazard (
  tenant_id uuid not null,
  id uuid not null,
  div text collate "C" not null,
  version integer not null,
  number text not null,
  mine_id uuid not null,
  status text not null check (status in ('found', 'judged', 'rectifying', 'accepted', 'rechecked', 'closed', 'notEstablished', 'merged', 'transferred', 'endedByClosure')),
  open boolean not null,
  continued boolean not null,
  grade text check (grade in ('major', 'general')),
  judged_grade text check (judged_grade in ('major', 'general')),
  source text not null,
  found_by text not null check (found_by in ('mine', 'department')),
  found_on date not null,
  reported_by uuid not null,
  photo text,
  place text,
  description text,
  criteria text[] not null,
  due_on date,
  closed_on date,
  clock_runs boolean not null,
  progress_percent integer,
  funds_planned bigint,
  funds_spent bigint,
  listed boolean not null,
  listing_stands boolean not null,
  dual_reported boolean not null,
  extended boolean not null,
  repeated boolean not null,
  stop text check (stop in ('partial', 'whole')),
  matters jsonb not null,
  waits boolean not null,
  primary key (tenant_id, id)
) with (fillfactor = 85);
comment on table read.hazard is 'class: act. One row a hazard, folded from its stream: what lists and figures ask for.';
-- Few acts change an indexed column, and a page keeps room: most rows are rewritten beside themselves, without the indexes.
-- What a list is narrowed by is a plain column: no index serves an operator that is not leakproof (-> and ilike are not).
create index hazard_by_division on read.hazard (div, found_on desc, id desc);
create index hazard_by_tenant on read.hazard (tenant_id, found_on desc, id desc);
create index hazard_by_day on read.hazard (found_on desc, id desc);
create index hazard_by_mine on read.hazard (mine_id, found_on desc, id desc);
create index hazard_by_reporter on read.hazard (reported_by, found_on desc, id desc);
create index hazard_open_by_division on read.hazard (div, due_on) where open;
create index hazard_open_by_tenant on read.hazard (tenant_id) where open;
create index hazard_waiting_by_division on read.hazard (div) where waits;
create index hazard_stopped_by_division on read.hazard (div) where stop is not null;

-- ---------------------------------------------------------------------------------------------- row-level security

-- The net under a forgotten WHERE: a division range, or a list of tenants, set by the transaction that reads or writes.
create function core.scope_tenants() returns uuid[] language sql stable as $$
  select string_to_array(nullif(current_setting('bihuan.tenants', true), ''), ',')::uuid[]
$$;

do $$
declare
  target text;
  scope constant text :=
    '(div >= (select current_setting(''bihuan.div_lo'', true)) and div < (select current_setting(''bihuan.div_hi'', true)))'
    ' or tenant_id = any ((select core.scope_tenants())::uuid[])';
begin
  foreach target in array array[
    'core.stream', 'core.event', 'core.command', 'core.counter', 'core.claim', 'core.file',
    'private.leaf_salt', 'private.person', 'private.account',
    'read.tenant', 'read.company', 'read.mine', 'read.organisation', 'read.person', 'read.account', 'read.hazard'
  ] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy scope on %s for all to bihuan_app using (%s) with check (%s)', target, scope, scope);
  end loop;
end $$;

grant select, insert, update on core.stream, core.counter to bihuan_app;
grant select, insert on core.event, core.command, core.file to bihuan_app;
grant select, insert, delete on core.claim to bihuan_app;
grant insert on ledger.outbox to bihuan_app;
grant select, insert, delete on private.leaf_salt, private.person to bihuan_app;
grant update (name, phone, updated_at, div) on private.person to bihuan_app;
grant insert on private.account to bihuan_app;
-- An upsert reads the row it conflicts with, a list of accounts the login; the hash is reached through the function below alone.
grant select (tenant_id, account_id, login), update (login, password_hash, updated_at, div) on private.account to bihuan_app;
grant select, insert, update, delete on
  read.tenant, read.company, read.mine, read.organisation, read.person, read.account, read.hazard to bihuan_app;
grant select, insert, update, delete on machinery.session, machinery.sign_in_attempt to bihuan_app;
grant select on machinery.setting to bihuan_app;
grant select on ledger.outbox to bihuan_sequencer;

-- Signing in happens before there is a scope: one narrow door.
create function machinery.sign_in_account(wanted text)
returns table (account_id uuid, home_tenant_id uuid, person_id uuid, password_hash text, disabled boolean, grants jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.tenant_id, a.person_id, p.password_hash, a.disabled, a.grants
  from private.account p join read.account a on a.tenant_id = p.tenant_id and a.id = p.account_id
  where p.login = wanted
$$;
revoke all on function machinery.sign_in_account(text) from public;
grant execute on function machinery.sign_in_account(text) to bihuan_app;

-- A session holds as long as its account does: a disabled account or a withdrawn grant ends it at once.
create function machinery.session_actor(wanted bytea, at timestamptz)
returns table (account_id uuid, login text, home_tenant_id uuid, person_id uuid, role text, scope jsonb, grants jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select s.account_id, s.login, s.home_tenant_id, s.person_id, s.role, s.scope, a.grants
  from machinery.session s
  join read.account a on a.tenant_id = s.home_tenant_id and a.id = s.account_id
  where s.token_hash = wanted and s.expires_at > at and not a.disabled
    and a.grants @> jsonb_build_array(jsonb_build_object('role', s.role, 'scope', s.scope))
$$;
revoke all on function machinery.session_actor(bytea, timestamptz) from public;
grant execute on function machinery.session_actor(bytea, timestamptz) to bihuan_app;

-- An account nobody can sign in with counts as none: a first setup that broke off can be done again.
create function machinery.has_accounts() returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from private.account)
$$;
revoke all on function machinery.has_accounts() from public;
grant execute on function machinery.has_accounts() to bihuan_app;

-- A mine that moves division takes its records along; bodies stay as they are. Called by the job that follows the event.
create function core.move_to_division(moved uuid, target text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  moving regclass;
begin
  if not exists (select from read.tenant where tenant_id = moved and div = target) then
    raise exception 'tenant % does not lie in division %', moved, target using errcode = '55000';
  end if;
  for moving in
    select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
    join pg_attribute d on d.attrelid = c.oid and d.attname = 'div' and not d.attisdropped
    where c.relkind in ('r', 'p') and n.nspname in ('core', 'private', 'read')
    order by c.oid
  loop
    execute format('update %s set div = $1 where tenant_id = $2 and div <> $1', moving) using target, moved;
  end loop;
end $$;
revoke all on function core.move_to_division(uuid, text) from public;
grant execute on function core.move_to_division(uuid, text) to bihuan_app;
