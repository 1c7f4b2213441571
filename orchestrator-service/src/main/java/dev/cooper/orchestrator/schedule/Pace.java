package dev.cooper.orchestrator.schedule;

import java.time.Duration;

/**
 * How long to rest between ticks. A tick waits for records by itself; but one that is refused at once, by a trainer
 * that is not there, would otherwise come again at once.
 */
final class Pace {

    private static final Duration LONGEST = Duration.ofMillis(200);
    private static final Duration QUICK = Duration.ofMillis(20);

    private Duration rest = Duration.ZERO;

    /**
     * Doubles from 1 ms while quick ticks change nothing; nothing at all after a change or a tick that took its time.
     */
    Duration after(boolean changed, Duration tick) {
        if (changed || tick.compareTo(QUICK) >= 0) {
            rest = Duration.ZERO;
        } else if (rest.isZero()) {
            rest = Duration.ofMillis(1);
        } else {
            Duration doubled = rest.multipliedBy(2);
            rest = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        }
        return rest;
    }
}
