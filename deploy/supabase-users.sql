-- Sends sign-ups, changes and deletions of Supabase's users to the gateway's source `supabase-users`
-- (docs/events.md), after they are committed: no sign-up waits for this, or fails because of it.
--
-- 1. Make a secret: openssl rand -hex 32. Give it to the gateway as SUPABASE_USERS_SECRETS.
-- 2. In Supabase's SQL editor: select vault.create_secret('THE SECRET', 'onboarding_events');
-- 3. Put the gateway's address below, and run this file there.

create extension if not exists pg_net;
create extension if not exists pgcrypto with schema extensions;
create schema if not exists private;

-- The other columns of auth.users are hashes and tokens, and must not leave the database.
create or replace function private.onboarding_user(u auth.users) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object(
    'id', u.id,
    'email', u.email,
    'email_confirmed_at', u.email_confirmed_at,
    'raw_user_meta_data', jsonb_build_object('language', u.raw_user_meta_data -> 'language'),
    'created_at', u.created_at,
    'updated_at', u.updated_at)
$$;

create or replace function private.send_onboarding_event() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  secret text;
  event jsonb;
  at text := floor(extract(epoch from clock_timestamp()))::bigint::text;
begin
  select decrypted_secret into strict secret
    from vault.decrypted_secrets where name = 'onboarding_events';
  event := jsonb_build_object(
    'id', gen_random_uuid(),
    'type', tg_op,
    'table', tg_table_name,
    'schema', tg_table_schema,
    'record', case when tg_op <> 'DELETE' then private.onboarding_user(new) end,
    'old_record', case when tg_op <> 'INSERT' then private.onboarding_user(old) end);
  -- pg_net sends the text of the same value that is signed.
  perform net.http_post(
    url := 'https://YOUR-GATEWAY/events/supabase-users',
    body := event,
    headers := jsonb_build_object(
      'content-type', 'application/json',
      'x-onboarding-timestamp', at,
      'x-onboarding-signature', encode(
        extensions.hmac(
          convert_to(at || '.' || event::text, 'UTF8'), convert_to(secret, 'UTF8'), 'sha256'),
        'hex')));
  return null;
exception when others then
  raise warning 'the onboarding gateway was not sent a % of a user: %', tg_op, sqlstate;
  return null;
end
$$;

drop trigger if exists send_onboarding_event on auth.users;
create trigger send_onboarding_event
  after insert or delete or update of email, email_confirmed_at on auth.users
  for each row execute function private.send_onboarding_event();
