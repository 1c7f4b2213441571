package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.EventStream;
import dev.cooper.cli.client.RunEventView;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.SpecFile;
import dev.cooper.cli.client.StepView;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run whose platform dies at one point after another, each time in a new process on the same data folder. */
final class MortalRun {
    private static final String PREFIX = "cooper";
    private static final Duration LOOK = Duration.ofMillis(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path data;
    private final SpecFile spec;
    private final List<Death> deaths = new ArrayList<>();
    private @Nullable String run;

    /**
     * How a platform died.
     *
     * @param place where the run was, as the database said afterwards
     * @param begun when the process was started
     * @param at when it was dead
     */
    record Death(KillPoint point, StepTable.Place place, Instant begun, Instant at) {}

    /** How the run ended, in the process that was left alive, and what the log of events says. */
    record Outcome(String runId, List<StepView> steps, List<RunEventView> events, List<Death> deaths, Instant begun) {
        /** From the start of the process after a death to the first thing that happened to the run in it. */
        Optional<Duration> recovery(int death) {
            Instant from = death + 1 < deaths.size() ? deaths.get(death + 1).begun() : begun;
            Instant until = death + 1 < deaths.size() ? deaths.get(death + 1).at() : Instant.MAX;
            return events.stream()
                    .map(RunEventView::at)
                    .filter(at -> at != null && at.isAfter(from) && at.isBefore(until))
                    .findFirst()
                    .map(at -> Duration.between(from, at));
        }
    }

    MortalRun(Path data, SpecFile spec) {
        this.data = data;
        this.spec = spec;
    }

    /** The run, killed at each of these points in their order; with none it is a run like any other. */
    Outcome through(List<KillPoint> points) throws IOException, InterruptedException, SQLException {
        for (KillPoint point : points) {
            die(point);
        }
        Instant begun = Instant.now();
        try (PlatformProcess platform = PlatformProcess.start(data)) {
            CooperClient client = platform.client();
            String id = submitted(client);
            List<RunEventView> events = eventsToTheEnd(client, id);
            Outcome outcome = new Outcome(id, client.steps(id, 1), events, List.copyOf(deaths), begun);
            platform.terminate();
            return outcome;
        }
    }

    private String submitted(CooperClient client) {
        String id = run == null ? client.submit(spec).id() : run;
        run = id;
        return id;
    }

    private void die(KillPoint point) throws IOException, InterruptedException, SQLException {
        Instant begun = Instant.now();
        List<String> said = new ArrayList<>();
        Optional<PlatformProcess> started = PlatformProcess.startMortal(data, said, point.options(PREFIX));
        if (started.isPresent()) {
            try (PlatformProcess platform = started.get()) {
                submitted(platform.client());
                watch(platform, point);
            }
        } else {
            assertThat(point).as(String.join("\n", said)).isNotInstanceOf(KillPoint.InState.class);
        }
        Instant at = Instant.now();
        try (StepTable table = StepTable.of(data.resolve("postgres"))) {
            table.hurry();
            deaths.add(new Death(point, table.place(), begun, at));
        }
    }

    private void watch(PlatformProcess platform, KillPoint point)
            throws IOException, InterruptedException, SQLException {
        Instant patience = Instant.now().plus(PATIENCE);
        try (StepTable table = StepTable.of(data.resolve("postgres"))) {
            if (point instanceof KillPoint.InState(String state)) {
                table.linger(state);
            }
            while (platform.isAlive()) {
                StepTable.Place place = table.place();
                if (point instanceof KillPoint.InState(String state)
                        && place.state().equals(state)) {
                    platform.kill();
                } else if (place.hasEnded() || Instant.now().isAfter(patience)) {
                    throw new AssertionError(
                            "the platform did not die " + point + "; the run is at " + place + " after " + deaths);
                } else {
                    Thread.sleep(LOOK);
                }
            }
        }
    }

    private static List<RunEventView> eventsToTheEnd(CooperClient client, String run) throws IOException {
        List<RunEventView> all = new ArrayList<>();
        try (EventStream events = client.events(run, 0)) {
            for (var event = events.next(); event.isPresent(); event = events.next()) {
                all.add(event.get());
            }
        }
        RunView ended = client.run(run);
        assertThat(ended.state()).as("%s", ended.reason()).isEqualTo("COMPLETED");
        return all;
    }
}
