-- The schema as it is today, in one piece to read; the numbered files beside it lead here, which a test checks.
-- Moments are RFC 3339 in UTC with milliseconds, so that the order of the texts is the order of time.

create table queue (
    id integer primary key autoincrement,
    model text not null,
    model_key text,
    status text not null default 'pending' check (status in ('pending', 'downloading', 'completed', 'failed')),
    requester_ip text not null default '',
    client text,
    insecure integer not null default 0 check (insecure in (0, 1)),
    refresh integer not null default 0 check (refresh in (0, 1)),
    created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    attempts integer not null default 0 check (attempts >= 0),
    retry_at text,
    deferred_run integer,
    error text,
    lease_owner text,
    lease_until text,
    progress_status text,
    progress_digest text,
    progress_total integer,
    progress_completed integer,
    progress_rate integer,
    priority text not null default 'normal' check (priority in ('high', 'normal', 'low')),
    risen integer not null default 0 check (risen >= 0),
    ranked_at text check (ranked_at is strftime('%Y-%m-%dT%H:%M:%fZ', ranked_at)),
    moved integer not null default 0 check (moved in (0, 1)),
    rank integer not null default 1,
    turn integer,
    requester text generated always as (coalesce(nullif(trim(client), ''), requester_ip)) virtual,
    size integer check (size >= 0),
    missing integer check (missing between 0 and size),
    manifest_digest text,
    fetched integer not null default 0 check (fetched >= 0),
    short_bytes integer check (short_bytes >= 0),
    permit integer not null default 0 check (permit in (0, 1)),
    stalls integer not null default 0 check (stalls >= 0),
    nights integer not null default 0 check (nights >= 0),
    last_run integer,
    constraint created_at_is_utc_with_milliseconds check (created_at is strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
    constraint updated_at_is_utc_with_milliseconds check (updated_at is strftime('%Y-%m-%dT%H:%M:%fZ', updated_at)),
    constraint retry_at_is_utc_with_milliseconds check (retry_at is strftime('%Y-%m-%dT%H:%M:%fZ', retry_at)),
    constraint lease_until_is_utc_with_milliseconds check (lease_until is strftime('%Y-%m-%dT%H:%M:%fZ', lease_until))
) strict;

create unique index one_active_entry_per_model on queue (model_key) where status in ('pending', 'downloading');
create index ended_by_time on queue (updated_at) where status in ('completed', 'failed');
create index retries_by_time on queue (retry_at) where status = 'pending' and retry_at is not null;

-- The order of the download: by rank, then by turn, then by age.
create index queue_in_order on queue (status, rank, turn, id);
create index turns_by_requester on queue (requester, rank, turn) where status in ('pending', 'downloading');
create index permits on queue (rank, turn, id) where permit = 1 and status = 'pending';
create index partly_fetched on queue (id) where fetched > 0 and status in ('pending', 'downloading');

-- How many entries each state has, kept by the triggers below: counting 100,000 rows takes too long for a listing.
create table queue_counts (
    status text primary key not null,
    entries integer not null
) strict, without rowid;

insert into queue_counts (status, entries) values ('pending', 0), ('downloading', 0), ('completed', 0), ('failed', 0);

create trigger queue_counts_insert after insert on queue begin
    update queue_counts set entries = entries + 1 where status = new.status; end;

create trigger queue_counts_delete after delete on queue begin
    update queue_counts set entries = entries - 1 where status = old.status; end;

create trigger queue_counts_update after update of status on queue when new.status <> old.status begin
    update queue_counts set entries = entries + iif(status = new.status, 1, -1) where status in (new.status, old.status); end;

-- What all spellings of a model have in common, for rows that come from elsewhere: the program writes its own.
create view model_keys as
    select
        id,
        case length(name) - length(replace(name, '/', ''))
            when 0 then 'registry.ollama.ai/library/'
            when 1 then 'registry.ollama.ai/'
            else ''
        end
        || name
        || iif(instr(substr(name, length(rtrim(name, replace(name, '/', ''))) + 1), ':') > 0, '', ':latest') as model_key
    from (select id, iif(spelled like '%:local', substr(spelled, 1, length(spelled) - 6), spelled) as name
        from (select id, lower(iif(instr(model, '://') > 0, substr(trim(model), instr(trim(model), '://') + 3), trim(model))) as spelled from queue));

create trigger model_key_insert after insert on queue when new.model_key is null begin
    update queue set model_key = (select model_key from model_keys where id = new.id) where id = new.id; end;

create trigger model_key_update after update of model on queue when new.model <> old.model and new.model_key is old.model_key begin
    update queue set model_key = (select model_key from model_keys where id = new.id) where id = new.id; end;

-- Who writes another model into a row takes the right to the old one away from whoever downloads it; what was known of that
-- is not known of this.
create trigger model_update after update of model on queue when new.model <> old.model and old.status = 'downloading' and new.status = 'downloading' begin
    update queue set status = 'pending', lease_owner = null, lease_until = null, size = null, missing = null, manifest_digest = null, fetched = 0 where id = new.id; delete from layers where entry = new.id; end;

create table rate_limits (
    client text not null,
    day text not null,
    used integer not null,
    primary key (day, client)
) strict, without rowid;

create table runs (
    id integer primary key autoincrement,
    cause text not null check (cause in ('schedule', 'operator')),
    started_at text not null check (started_at is strftime('%Y-%m-%dT%H:%M:%fZ', started_at)),
    finished_at text check (finished_at is strftime('%Y-%m-%dT%H:%M:%fZ', finished_at))
, until text check (until is strftime('%Y-%m-%dT%H:%M:%fZ', until))) strict;

create unique index one_unfinished_run on runs (finished_at is null) where finished_at is null;

-- One row: up to which moment the starts of the schedule were looked at.
create table schedule (
    id integer primary key check (id = 1),
    expression text not null,
    zone text not null,
    considered_until text not null check (considered_until is strftime('%Y-%m-%dT%H:%M:%fZ', considered_until))
) strict;

-- Up to which turn each rank has come: that of the entry whose download began last.
create table turns (
    rank integer primary key,
    taken integer not null
) strict;

insert into turns (rank, taken) values (0, 0), (1, 0), (2, 0);

create trigger turn_taken after update of status on queue when new.status = 'downloading' and old.status <> 'downloading' begin
    update turns set taken = max(taken, coalesce(new.turn, 0)) where rank = new.rank; end;

-- Start-time fair queueing: what a requester asks for stands one turn apart, from the turn on that comes next.
create view fair_turns as
    select
        id,
        max(
            coalesce((select taken from turns where turns.rank = mine.rank), 0),
            coalesce((select min(turn) from queue as other where status = 'pending' and other.rank = mine.rank and other.id <> mine.id), 0),
            coalesce(
                (select max(turn) + 1 from queue as own where own.requester = mine.requester and own.rank = mine.rank and status in ('pending', 'downloading') and own.id <> mine.id),
                0)) as turn
    from queue as mine;

-- Where priority, age and hand put an entry: 0, 1 and 2 are the priorities, -1 stands before all of them.
create view ranks as
    select id, iif(moved, -1, max(0, case priority when 'high' then 0 when 'normal' then 1 else 2 end - risen)) as rank from queue;

-- For rows that come from elsewhere: the program writes ranks and turns that fit.
create trigger turn_insert after insert on queue when new.turn is null begin
    update queue set rank = (select rank from ranks where id = new.id) where id = new.id; update queue set turn = (select turn from fair_turns where id = new.id) where id = new.id; end;

create trigger turn_update after update of priority, risen, moved, turn on queue when new.turn is null or new.rank <> (select rank from ranks where id = new.id) begin
    update queue set rank = (select rank from ranks where id = new.id) where id = new.id; update queue set turn = (select turn from fair_turns where id = new.id) where id = new.id; end;

-- What each active entry still lacked when it was looked at last.
create table layers (
    entry integer not null,
    digest text not null,
    size integer not null check (size >= 0),
    primary key (entry, digest)
) strict, without rowid;

-- The same for all of them, a layer that several share once; kept by triggers, as is the sum in the table below it.
create table reserved_layers (
    digest text primary key not null,
    size integer not null,
    entries integer not null
) strict, without rowid;

create table reservation (
    id integer primary key check (id = 1),
    bytes integer not null
) strict;

insert into reservation (id, bytes) values (1, 0);

create trigger layers_insert after insert on layers begin
    update reservation set bytes = bytes + new.size where not exists (select 1 from reserved_layers where digest = new.digest); insert into reserved_layers (digest, size, entries) values (new.digest, new.size, 1) on conflict (digest) do update set entries = entries + 1; end;

create trigger layers_delete after delete on layers begin
    update reserved_layers set entries = entries - 1 where digest = old.digest; update reservation set bytes = bytes - coalesce((select size from reserved_layers where digest = old.digest and entries = 0), 0); delete from reserved_layers where digest = old.digest and entries = 0; end;

create trigger layers_of_ended after update of status on queue when new.status in ('completed', 'failed') begin
    delete from layers where entry = new.id; end;

-- What happened to each entry after it was queued, which its row tells.
create table events (
    id integer primary key,
    entry integer not null,
    at text not null check (at is strftime('%Y-%m-%dT%H:%M:%fZ', at)),
    kind text not null check (kind in ('moved', 'permitted', 'started', 'paused', 'stalled', 'retried', 'parked', 'completed', 'failed')),
    words text not null default ''
) strict;

create index events_by_entry on events (entry, id);

create trigger queue_delete after delete on queue begin
    delete from layers where entry = old.id; delete from events where entry = old.id; end;

-- One row an attempt, whatever became of it and of its entry.
create table fetches (
    id integer primary key,
    entry integer not null,
    model text not null,
    requester text not null,
    client text not null,
    run integer,
    started_at text not null check (started_at is strftime('%Y-%m-%dT%H:%M:%fZ', started_at)),
    ended_at text not null check (ended_at is strftime('%Y-%m-%dT%H:%M:%fZ', ended_at)),
    bytes integer not null check (bytes >= 0),
    peak_rate integer not null check (peak_rate >= 0),
    outcome text not null check (outcome in ('completed', 'paused', 'stalled', 'failed', 'removed')),
    words text not null,
    window_opened_at text check (window_opened_at is strftime('%Y-%m-%dT%H:%M:%fZ', window_opened_at))
) strict;

create index fetches_by_time on fetches (ended_at);
create index fetches_by_run on fetches (run) where run is not null;

-- What came over the line in each hour, and how long something was on it.
create table pace (
    hour_at text primary key not null check (hour_at is strftime('%Y-%m-%dT%H:00:00.000Z', hour_at)),
    bytes integer not null,
    millis integer not null
) strict, without rowid;

-- What holds all entries back, each cause by itself.
create table holds (
    cause text primary key not null,
    since text not null check (since is strftime('%Y-%m-%dT%H:%M:%fZ', since)),
    until text check (until is strftime('%Y-%m-%dT%H:%M:%fZ', until))
) strict, without rowid;

-- One row: when the installed models were last compared with their registries.
create table refreshes (
    id integer primary key check (id = 1),
    made_at text not null check (made_at is strftime('%Y-%m-%dT%H:%M:%fZ', made_at))
) strict;

-- Who is told of what, as the settings that were read last say: a digest of the address, never the address itself.
create table notice_targets (
    target text primary key not null,
    kinds text not null
) strict, without rowid;

-- What is still to be told, a row for each who is to be told; what nobody took in days stays for a while, as given up.
create table notices (
    id integer primary key autoincrement,
    token text not null default (lower(hex(randomblob(16)))),
    target text not null,
    kind text not null check (kind in ('ready', 'failed', 'night')),
    subject integer not null,
    model text not null default '',
    requester text not null default '',
    words text not null default '',
    bytes integer not null default 0,
    began_at text check (began_at is strftime('%Y-%m-%dT%H:%M:%fZ', began_at)),
    happened_at text not null check (happened_at is strftime('%Y-%m-%dT%H:%M:%fZ', happened_at)),
    attempts integer not null default 0 check (attempts >= 0),
    try_at text not null check (try_at is strftime('%Y-%m-%dT%H:%M:%fZ', try_at)),
    given_up_at text check (given_up_at is strftime('%Y-%m-%dT%H:%M:%fZ', given_up_at))
) strict;

create index notices_to_tell on notices (target, id) where given_up_at is null;

-- Written in the transaction in which it happens, so nothing that happened is left untold, whenever a process dies.
create trigger notices_of_entries after update of status on queue when new.status in ('completed', 'failed') and old.status not in ('completed', 'failed') begin
    insert into notices (target, kind, subject, model, requester, words, bytes, happened_at, try_at) select target, iif(new.status = 'completed', 'ready', 'failed'), new.id, new.model, new.requester, iif(new.status = 'completed', '', coalesce(new.error, '')), coalesce(new.size, 0), new.updated_at, new.updated_at from notice_targets where instr(kinds, iif(new.status = 'completed', 'ready', 'failed')) > 0; end;

create trigger notices_of_runs after update of finished_at on runs when old.finished_at is null and new.finished_at > new.started_at begin
    insert into notices (target, kind, subject, began_at, happened_at, try_at) select target, 'night', new.id, new.started_at, new.finished_at, new.finished_at from notice_targets where instr(kinds, 'night') > 0 and exists (select 1 from fetches where run = new.id); end;
