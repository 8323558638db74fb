-- The log: leaves of the outbox in one order, their tree as tiles, signed checkpoints and who co-signed them.
-- ledger.* stays on the coordinator; nothing here names a person or what happened, except the way back to the event.

-- ---------------------------------------------------------------------------------------------- outbox

-- Where the leaf's event lies and by which version of the sealing it was sealed: read by the sequencer and by checks alone.
alter table ledger.outbox
  add column tenant uuid,
  add column subject uuid,
  add column version integer,
  add column sealing smallint not null default 1 check (sealing > 0);

alter table ledger.outbox disable trigger outbox_kept;
update ledger.outbox o set tenant = s.tenant_id, subject = s.stream_id, version = s.version
from private.leaf_salt s where s.leaf_hash = o.leaf_hash;
alter table ledger.outbox enable trigger outbox_kept;

-- An erased person's salts go, the hash stays: the leaf is closed for ever and every proof still holds.
alter table private.leaf_salt alter column salt drop not null;
comment on table private.leaf_salt is 'class: private. Opens the commitment of a leaf; an erased salt closes the leaf for ever and breaks no proof.';
revoke delete on private.leaf_salt from bihuan_app;
grant update (salt) on private.leaf_salt to bihuan_app;
-- What an erased person signed in with goes too.
grant delete on private.account to bihuan_app;

-- ---------------------------------------------------------------------------------------------- the log

create table ledger.log (
  number integer primary key check (number > 0),
  origin text not null unique,
  vkey text not null,
  -- Of the twin in SM3 and SM2, from when it was first switched on.
  twin_vkey text,
  began_at timestamptz not null,
  -- From the second one on: why a new log was begun, and the last checkpoint known of the one before.
  reason text,
  previous text,
  -- The posts that decided it, where people did; empty where the program did after a restore.
  decided_by text[] not null default '{}',
  check (number = 1 or (reason is not null and previous is not null))
);
comment on table ledger.log is 'class: machinery. The logs of this installation, one after another; the last is appended to. A second one is begun after a disaster alone.';

-- One row a hash function: the tree in SHA-256 and, where it is switched on, its twin in SM3.
create table ledger.head (
  log integer not null references ledger.log,
  hash text not null check (hash in ('sha256', 'sm3')),
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  -- Every id of the outbox up to here is in the log or never came to be.
  settled bigint not null check (settled >= 0),
  primary key (log, hash)
);
comment on table ledger.head is 'class: machinery. How far the log has come: the only row of it that is updated, by comparing its size.';

create table ledger.entry (
  log integer not null references ledger.log,
  idx bigint not null check (idx >= 0),
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  -- Null for the leaf by which a log begins after a disaster: it comes from no act.
  outbox_id bigint,
  primary key (log, idx),
  unique (log, outbox_id),
  unique (log, leaf_hash)
);
comment on table ledger.entry is 'class: machinery. The order of the leaves.';

create table ledger.tile (
  log integer not null references ledger.log,
  hash text not null check (hash in ('sha256', 'sm3')),
  level smallint not null check (level between 0 and 63),
  idx bigint not null check (idx >= 0),
  hashes bytea not null check (octet_length(hashes) = 8192),
  root bytea not null check (octet_length(root) = 32),
  primary key (log, hash, level, idx)
);
comment on table ledger.tile is 'class: machinery. Full tiles, never changed; a partial one is read from the entries or from the roots of the level below.';
-- Hashes do not compress: without this each tile is tried in vain.
alter table ledger.tile alter column hashes set storage external;

create table ledger.checkpoint (
  log integer not null references ledger.log,
  hash text not null check (hash in ('sha256', 'sm3')),
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  signed_at timestamptz not null,
  -- The log's signature over note and time; null where the note alone was brought back from the second folder.
  seal text,
  primary key (log, hash, size)
);
comment on table ledger.checkpoint is 'class: machinery. Every checkpoint that was signed, as the signed note that was given out.';

create table ledger.cosignature (
  log integer not null,
  size bigint not null,
  witness text not null,
  line text not null,
  cosigned_at timestamptz not null,
  primary key (log, size, witness)
);
comment on table ledger.cosignature is 'class: machinery. What witnesses signed for our checkpoints.';

create table ledger.witness (
  name text primary key,
  vkey text not null unique,
  url text,
  added_at timestamptz not null,
  -- The last size it is known to have co-signed, and what went wrong at the last try.
  size bigint,
  tried_at timestamptz,
  trouble text
);
comment on table ledger.witness is 'class: machinery. Who co-signs our checkpoints: a superior bureau''s server, asked over add-checkpoint.';

create table ledger.witnessed (
  origin text primary key,
  vkey text not null unique,
  added_at timestamptz not null,
  size bigint,
  root bytea check (octet_length(root) = 32),
  note text,
  cosigned_at timestamptz
);
comment on table ledger.witnessed is 'class: machinery. The logs we are a witness of, and the last checkpoint of each that we co-signed.';

create table ledger.verification (
  id uuid primary key,
  at timestamptz not null,
  source text not null check (source in ('sequencer', 'fsck', 'witness', 'replay')),
  log integer not null,
  size bigint not null,
  sound boolean not null,
  findings jsonb not null
);
comment on table ledger.verification is 'class: machinery. What checks of the log found, and when: shown on its page.';
create index verification_at on ledger.verification (at desc, id desc);

create table ledger.quarantine (
  id uuid primary key,
  at timestamptz not null,
  table_name text not null,
  row jsonb not null,
  reason text not null check (reason in ('alien', 'altered'))
);
comment on table ledger.quarantine is 'class: machinery. Rows that a repair took out of the way, as it found them: traces of whoever wrote them. The owner alone reads it.';
create index quarantine_at on ledger.quarantine (at desc, id desc);

-- What is handed out cannot be taken back, and what is in the log cannot leave it.
do $$
declare
  target text;
begin
  foreach target in array array['entry', 'tile', 'checkpoint', 'cosignature', 'verification', 'quarantine'] loop
    execute format('create trigger %I before update or delete on ledger.%I for each row execute function core.refuse_change()', target || '_kept', target);
    execute format('create trigger %I before truncate on ledger.%I for each statement execute function core.refuse_change()', target || '_not_emptied', target);
  end loop;
end $$;

-- ---------------------------------------------------------------------------------------------- who may

grant usage on schema core, private to bihuan_sequencer;
grant select on ledger.log, ledger.head, ledger.entry, ledger.tile, ledger.checkpoint, ledger.cosignature, ledger.witness,
  ledger.witnessed, ledger.verification to bihuan_app, bihuan_sequencer;
grant insert on ledger.log, ledger.head, ledger.entry, ledger.tile, ledger.checkpoint, ledger.cosignature, ledger.witness,
  ledger.witnessed, ledger.verification to bihuan_sequencer;
grant update on ledger.head, ledger.witness, ledger.witnessed to bihuan_sequencer;
grant delete on ledger.witness, ledger.witnessed to bihuan_sequencer;

-- Whether there is a twin is a setting of the installation; the key that it is signed by is registered with the log.
grant usage on schema machinery to bihuan_sequencer;
grant select on machinery.setting to bihuan_sequencer;
grant update (twin_vkey) on ledger.log to bihuan_sequencer;

-- The journal in the second folder holds what a row would be restored from: the sequencer reads events, of every tenant.
grant select on core.event, core.command, private.leaf_salt to bihuan_sequencer;
create policy journal on core.event for select to bihuan_sequencer using (true);
create policy journal on core.command for select to bihuan_sequencer using (true);
create policy journal on private.leaf_salt for select to bihuan_sequencer using (true);

-- How many acts wait for the log, for its page: the application cannot read the outbox, and need not.
create function ledger.waiting()
returns bigint
language sql stable security definer set search_path = pg_catalog as $$
  select count(*) from (
    select from ledger.outbox o
    where o.id > coalesce((select h.settled from ledger.head h where h.hash = 'sha256' order by h.log desc limit 1), 0)
      and not exists (
        select from ledger.entry n where n.log = (select max(number) from ledger.log) and n.outbox_id = o.id)
    limit 10001
  ) as few
$$;
revoke all on function ledger.waiting() from public;
grant execute on function ledger.waiting() to bihuan_app;
