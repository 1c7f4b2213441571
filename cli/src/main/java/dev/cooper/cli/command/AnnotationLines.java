package dev.cooper.cli.command;

import dev.cooper.reward.annotation.AnnotationProgress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Prints how far an annotation is: a line now and then, and one at the end of each stage. */
final class AnnotationLines {
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final Clock clock;
    private Instant last = Instant.EPOCH;

    AnnotationLines(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    void print(AnnotationProgress progress) {
        Instant now = clock.instant();
        boolean ended = progress.done() == progress.wanted();
        if (ended || Duration.between(last, now).compareTo(BETWEEN) >= 0) {
            last = now;
            out.println(progress.line());
            out.flush();
        }
    }
}
