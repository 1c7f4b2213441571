create table run (
    id                 text primary key,
    ordinal            bigserial not null unique,
    name               text not null,
    state              text not null,
    wish               text not null,
    reason             text not null,
    fence              bigint not null,
    step               bigint not null,
    spec               jsonb not null,
    initial_checksum   text not null,
    policy_number      bigint not null,
    policy_incarnation integer not null,
    policy_checksum    text not null,
    created_at         timestamptz not null,
    started_at         timestamptz,
    finished_at        timestamptz,
    -- Who may steer the run, and until when; null when nobody does.
    lease_owner        text,
    lease_until        timestamptz
);

create table step (
    run_id             text not null references run (id) on delete cascade,
    number             bigint not null,
    state              text not null,
    dispatch           jsonb,
    excluded           jsonb not null,
    -- cooper.v1.Manifest as protobuf bytes: its SHA-256 must not depend on how a database writes it.
    manifest           bytea,
    before_number      bigint not null,
    before_incarnation integer not null,
    before_checksum    text not null,
    after_number       bigint,
    after_incarnation  integer,
    after_checksum     text,
    batch_sha256       text not null,
    metrics            jsonb not null,
    started_at         timestamptz not null,
    frozen_at          timestamptz,
    committed_at       timestamptz,
    primary key (run_id, number)
);

create index step_by_policy on step (run_id, before_number);

create table evaluation (
    run_id         text not null references run (id) on delete cascade,
    step           bigint not null,
    policy_version bigint not null,
    problems       integer not null,
    samples        integer not null,
    accuracy       double precision not null,
    standard_error double precision not null,
    format_share   double precision not null,
    mean_length    double precision not null,
    seconds        double precision not null,
    finished_at    timestamptz not null,
    primary key (run_id, step)
);

-- Written only after the run's row is locked, so within a run the sequence rises in the order of commits.
create table event (
    sequence bigserial primary key,
    run_id   text not null references run (id) on delete cascade,
    step     bigint not null,
    type     text not null,
    at       timestamptz not null,
    -- json, not jsonb, which would turn 1e3 into a whole number.
    data     json not null
);

create index event_by_run on event (run_id, sequence);

-- What must still be said on the log; rows go when the log has acknowledged them.
create table outbox (
    id          bigserial primary key,
    topic       text not null,
    dead_letter boolean not null,
    key         text not null,
    headers     jsonb not null,
    value       bytea not null
);
