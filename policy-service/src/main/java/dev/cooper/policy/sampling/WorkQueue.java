package dev.cooper.policy.sampling;

import dev.cooper.platform.line.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records that are not finished, in the order of their arrival, at most so many. Safe for use by several threads. */
final class WorkQueue {

    private final int capacity;
    private final List<Item> items = new ArrayList<>();
    private boolean changed;
    private boolean closed;

    WorkQueue(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("the queue's capacity must be at least 1, not " + capacity);
        }
        this.capacity = capacity;
    }

    /** A record and what to do when it is finished. Equal to itself only: the log may hold the same record twice. */
    static final class Item {

        private final LogRecord record;
        private final Runnable acknowledge;

        Item(LogRecord record, Runnable acknowledge) {
            this.record = record;
            this.acknowledge = acknowledge;
        }

        LogRecord record() {
            return record;
        }

        /** Lets the log's offset move over the record. */
        void acknowledge() {
            acknowledge.run();
        }
    }

    /** Adds it, waiting while the queue is full. False if the queue was closed: the record stays unacknowledged. */
    synchronized boolean put(Item item) throws InterruptedException {
        while (items.size() >= capacity && !closed) {
            wait();
        }
        if (closed) {
            return false;
        }
        items.add(item);
        wake();
        return true;
    }

    synchronized boolean isFull() {
        return items.size() >= capacity;
    }

    synchronized int size() {
        return items.size();
    }

    synchronized List<Item> all() {
        changed = false;
        return List.copyOf(items);
    }

    synchronized void remove(Item item) {
        items.remove(item);
        notifyAll();
    }

    /** Something that decides about the records has changed. */
    synchronized void wake() {
        changed = true;
        notifyAll();
    }

    /** Waits for a record, a wake-up or the time to pass since {@link #all} was asked. */
    synchronized void awaitChange(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!changed && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
