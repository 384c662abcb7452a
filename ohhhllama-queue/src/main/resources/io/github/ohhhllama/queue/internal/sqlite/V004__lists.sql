-- Version 4: lists of entries by state, model and requester, newest first, without going through all of them.

create index queue_by_state on queue (status, id);
create index queue_by_model on queue (model_key, id);
create index queue_by_requester on queue (requester_ip, id);
create index queue_by_requester_and_state on queue (requester_ip, status, id);
