-- What webhooks are told of: a row for each of their events, whether anybody wants it or not.
create table notice (
    sequence bigint primary key references event (sequence) on delete cascade,
    attempts integer not null,
    -- Not before this time; while it is tried, it is another's only after it.
    next_at  timestamptz not null,
    -- UNWANTED, DELIVERED or GIVEN_UP; null while it is to be tried.
    outcome  text
);

create index notice_due on notice (next_at) where outcome is null;
create index event_of_occasion on event (sequence) where type in ('RunCompleted', 'RunFailed', 'RunPaused');
