drop view model_keys;

-- Of a name that ends in :local Ollama leaves that out.
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

-- Who writes another model into a row takes the right to the old one away from whoever downloads it; what was known of that
-- is not known of this.
create trigger model_update after update of model on queue when new.model <> old.model and old.status = 'downloading' and new.status = 'downloading' begin
    update queue set status = 'pending', lease_owner = null, lease_until = null, size = null, missing = null, manifest_digest = null, fetched = 0 where id = new.id; delete from layers where entry = new.id; end;
