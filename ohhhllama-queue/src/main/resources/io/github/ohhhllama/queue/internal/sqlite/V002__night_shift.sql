-- Version 2: the order of the night, sizes, the story of each entry, and the account of what came over the line.
-- A line with a semicolon ends a statement, for the build splits this file there: those within a trigger share one line.

alter table queue add column priority text not null default 'normal' check (priority in ('high', 'normal', 'low'));
alter table queue add column risen integer not null default 0 check (risen >= 0);
alter table queue add column ranked_at text check (ranked_at is strftime('%Y-%m-%dT%H:%M:%fZ', ranked_at));
alter table queue add column moved integer not null default 0 check (moved in (0, 1));
alter table queue add column rank integer not null default 1;
alter table queue add column turn integer;
alter table queue add column requester text generated always as (coalesce(nullif(trim(client), ''), requester_ip)) virtual;
alter table queue add column size integer check (size >= 0);
alter table queue add column missing integer check (missing between 0 and size);
alter table queue add column manifest_digest text;
alter table queue add column fetched integer not null default 0 check (fetched >= 0);
alter table queue add column short_bytes integer check (short_bytes >= 0);
alter table queue add column permit integer not null default 0 check (permit in (0, 1));
alter table queue add column stalls integer not null default 0 check (stalls >= 0);
alter table queue add column nights integer not null default 0 check (nights >= 0);
alter table queue add column last_run integer;

update queue set priority = 'low', rank = 2 where refresh = 1;

-- The order of the download: by rank, then by turn, then by age.
drop index queue_by_status;
create index queue_in_order on queue (status, rank, turn, id);
create index turns_by_requester on queue (requester, rank, turn) where status in ('pending', 'downloading');
create index permits on queue (rank, turn, id) where permit = 1 and status = 'pending';
create index partly_fetched on queue (id) where fetched > 0 and status in ('pending', 'downloading');

-- Those that wait already take turns as if the rule below had always held.
update queue set turn = fair.turn from (
    select id, row_number() over (partition by requester, rank, status in ('pending', 'downloading') order by id) - 1 as turn from queue
) as fair where fair.id = queue.id;

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

insert into events (entry, at, kind, words) select id, updated_at, status, coalesce(error, '') from queue where status in ('completed', 'failed') order by updated_at, id;

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

alter table runs add column until text check (until is strftime('%Y-%m-%dT%H:%M:%fZ', until));

-- One row: when the installed models were last compared with their registries.
create table refreshes (
    id integer primary key check (id = 1),
    made_at text not null check (made_at is strftime('%Y-%m-%dT%H:%M:%fZ', made_at))
) strict;
