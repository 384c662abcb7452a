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
