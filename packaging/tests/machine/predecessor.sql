-- A queue as the predecessor keeps it.
create table queue (
    id integer primary key autoincrement,
    model text not null,
    type text default 'ollama',
    requester_ip text not null,
    status text default 'pending',
    error text,
    created_at timestamp default current_timestamp,
    updated_at timestamp default current_timestamp
);
create table rate_limits (
    id integer primary key autoincrement,
    ip_address text not null,
    request_date date not null,
    request_count integer default 1,
    unique(ip_address, request_date)
);
create index idx_queue_status on queue(status);
insert into queue (model, requester_ip, status, error) values
    ('mistral', '192.168.1.20', 'pending', null),
    ('llama3:70b', '192.168.1.21', 'downloading', null),
    ('phi3', '192.168.1.20', 'completed', null),
    ('no-such-model', '192.168.1.22', 'failed', 'not found');
insert into rate_limits (ip_address, request_date, request_count) values ('192.168.1.20', date('now'), 2);
