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
    constraint created_at_is_utc_with_milliseconds check (created_at is strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
    constraint updated_at_is_utc_with_milliseconds check (updated_at is strftime('%Y-%m-%dT%H:%M:%fZ', updated_at)),
    constraint retry_at_is_utc_with_milliseconds check (retry_at is strftime('%Y-%m-%dT%H:%M:%fZ', retry_at)),
    constraint lease_until_is_utc_with_milliseconds check (lease_until is strftime('%Y-%m-%dT%H:%M:%fZ', lease_until))
) strict;

create unique index one_active_entry_per_model on queue (model_key) where status in ('pending', 'downloading');
create index queue_by_status on queue (status, id);
create index ended_by_time on queue (updated_at) where status in ('completed', 'failed');
create index retries_by_time on queue (retry_at) where status = 'pending' and retry_at is not null;

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
    from (select id, lower(iif(instr(model, '://') > 0, substr(trim(model), instr(trim(model), '://') + 3), trim(model))) as name from queue);

create trigger model_key_insert after insert on queue when new.model_key is null begin
    update queue set model_key = (select model_key from model_keys where id = new.id) where id = new.id; end;

create trigger model_key_update after update of model on queue when new.model <> old.model and new.model_key is old.model_key begin
    update queue set model_key = (select model_key from model_keys where id = new.id) where id = new.id; end;

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
) strict;

create unique index one_unfinished_run on runs (finished_at is null) where finished_at is null;

-- One row: up to which moment the starts of the schedule were looked at.
create table schedule (
    id integer primary key check (id = 1),
    expression text not null,
    zone text not null,
    considered_until text not null check (considered_until is strftime('%Y-%m-%dT%H:%M:%fZ', considered_until))
) strict;
