-- The reward model of modes static and cooper; null in mode rule.
alter table run
    add column reward_initial_checksum text,
    add column reward_number           bigint,
    add column reward_incarnation      integer,
    add column reward_checksum         text;

-- What a step does to the reward model: its pairs and their manifest when it trains it, and the versions.
alter table step
    add column pairing                   jsonb,
    add column pair_excluded             jsonb not null default '{}',
    add column pair_manifest             bytea,
    add column reward_before_number      bigint,
    add column reward_before_incarnation integer,
    add column reward_before_checksum    text,
    add column reward_after_number       bigint,
    add column reward_after_incarnation  integer,
    add column reward_after_checksum     text,
    add column reward_batch_sha256       text not null default '',
    add column trained_at                timestamptz,
    add column paired_at                 timestamptz;

-- Which step made a version is asked when a trainer is behind.
drop index step_by_policy;
create index step_by_policy on step (run_id, after_number);
create index step_by_reward on step (run_id, reward_after_number);
