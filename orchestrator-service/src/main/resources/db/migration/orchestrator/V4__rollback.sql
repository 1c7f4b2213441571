-- Asked for by the run's user and not yet followed.
alter table run
    add column rollback jsonb;

-- Where a step's first versions have their weights from, when it began by going back.
alter table step
    add column origin_step               bigint,
    add column origin_number             bigint,
    add column origin_incarnation        integer,
    add column origin_checksum           text,
    add column reward_origin_step        bigint,
    add column reward_origin_number      bigint,
    add column reward_origin_incarnation integer,
    add column reward_origin_checksum    text;
