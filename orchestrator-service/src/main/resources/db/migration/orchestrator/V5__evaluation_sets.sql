-- The figures of each held-out set; empty in rows from before they were kept.
alter table evaluation
    add column sets jsonb not null default '[]';
