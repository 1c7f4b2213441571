package dev.cooper.cli.follow;

import dev.cooper.cli.client.ApiException;
import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.EventStream;
import dev.cooper.cli.client.RunEventView;
import dev.cooper.cli.client.RunView;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows a run until it ends. A broken connection is taken up again after the last event that was seen. */
public final class RunFollower {
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final Duration GIVE_UP = Duration.ofMinutes(5);

    private final CooperClient client;
    private final PrintStream out;
    private final Clock clock;
    private final boolean terminal;

    /**
     * A follower that shows on {@code out}.
     *
     * @param terminal redraw a block in place; else one line a step
     */
    public RunFollower(CooperClient client, PrintStream out, Clock clock, boolean terminal) {
        this.client = client;
        this.out = out;
        this.clock = clock;
        this.terminal = terminal;
    }

    /** Whether the standard output is a terminal that can redraw; the launcher, which can ask the system, says so. */
    public static boolean isTerminal() {
        return Boolean.getBoolean("cooper.terminal");
    }

    /**
     * Shows the run, from its first event on, until it ends.
     *
     * @return the run as it ended
     * @throws ApiException if the server refuses, or stays away
     */
    public RunView follow(String runId) {
        RunView run = client.run(runId);
        try (Display display = terminal ? new TerminalDisplay(out, clock) : new PlainDisplay(out)) {
            return new Following(run, display).toTheEnd();
        }
    }

    /** One run being followed, over any number of connections. */
    private final class Following {
        private final RunProgress progress;
        private final Display display;
        private RunView run;
        private long seen;
        private Duration wait = FIRST_RETRY;
        private @Nullable Instant lostAt;

        Following(RunView run, Display display) {
            this.run = run;
            this.display = display;
            this.progress = new RunProgress(run);
        }

        RunView toTheEnd() {
            tellWhatItWaitsFor();
            while (true) {
                try {
                    readEvents();
                    run = client.run(run.id());
                    if (run.isFinished()) {
                        return run;
                    }
                    lostAt = null;
                    wait = FIRST_RETRY;
                } catch (IOException e) {
                    tryAgainAfter(ApiException.lost(e));
                } catch (ApiException e) {
                    tryAgainAfter(e);
                }
                pause(wait);
            }
        }

        private void tellWhatItWaitsFor() {
            if (run.reason() != null && !run.reason().isBlank()) {
                display.note(run.state().toLowerCase(Locale.ROOT) + ": " + run.reason());
            }
            if (run.waitingFor() != null && !run.waitingFor().isBlank()) {
                display.note("waiting for " + run.waitingFor());
            }
        }

        private void readEvents() throws IOException {
            try (EventStream events = client.events(run.id(), seen)) {
                for (Optional<RunEventView> next = events.next(); next.isPresent(); next = events.next()) {
                    RunEventView event = next.get();
                    // A server may begin earlier than asked for.
                    if (event.sequence() > seen) {
                        seen = event.sequence();
                        progress.apply(event);
                        display.show(progress, event);
                    }
                }
            }
        }

        private void tryAgainAfter(ApiException failure) {
            if (!failure.isTransient()) {
                throw failure;
            }
            Instant now = clock.instant();
            if (lostAt == null) {
                lostAt = now;
                display.note("connection lost; trying again");
            } else if (now.isAfter(lostAt.plus(GIVE_UP))) {
                throw failure;
            }
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while following a run", e);
        }
    }
}
