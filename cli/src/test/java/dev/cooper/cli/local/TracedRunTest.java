package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cooper.cli.client.RunView;
import dev.cooper.cli.local.TraceCollector.Collected;
import dev.cooper.platform.tracing.TraceName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in mode cooper whose services send their traces to a collector, turned on by settings alone. */
@Tag("long")
class TracedRunTest {

    private static final int GROUPS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path temp = Path.of("");

    @Test
    void aStepIsOneTraceAcrossAllFiveServicesAndEachGroupAPathInIt() throws Exception {
        assumeThat(TinyRun.isPossible())
                .as("the tiny models that ./cooper pretrain makes are there")
                .isTrue();
        try (TraceCollector collector = new TraceCollector()) {
            String run = aRunOfOneStep(collector);

            TraceName step = TraceName.ofStep(run, 1);
            List<Collected> trace = collector.spans().stream()
                    .filter(span -> span.traceId().equals(step.traceId()))
                    .toList();
            Map<String, Collected> byId =
                    trace.stream().collect(Collectors.toMap(Collected::spanId, Function.identity()));
            Collected root = Objects.requireNonNull(byId.get(step.spanId()), "the step's span");
            assertThat(root.name()).isEqualTo("step");
            assertThat(named(trace, "sampling and scoring")).hasSize(1);
            assertThat(named(trace, "training the policy")).hasSize(1);
            assertThat(path(named(trace, "pairing").getFirst(), byId))
                    .containsExactly("pairing", "scoring", "verifying", "sampling", "step");
            for (String stage : List.of("sampling", "verifying", "scoring", "pairing")) {
                assertThat(named(trace, stage)).as(stage).hasSizeGreaterThanOrEqualTo(GROUPS);
            }
            assertThat(trace).extracting(Collected::name).anyMatch(name -> name.contains("Trainer/Train"));
            assertThat(named(trace, "trainer work")).isNotEmpty();

            Collected begun = named(collector.spans(), "run").getFirst();
            assertThat(begun.traceId()).isEqualTo(TraceName.ofRun(run).traceId());
            assertThat(root.links()).containsExactly(begun.traceId());
            assertThat(collector.spans())
                    .filteredOn(span -> begun.links().contains(span.traceId()))
                    .extracting(Collected::name)
                    .contains("http post /api/v1/runs");
        }
    }

    private String aRunOfOneStep(TraceCollector collector) throws Exception {
        List<String> said = new ArrayList<>();
        try (PlatformProcess platform = PlatformProcess.startMortal(
                        temp.resolve("data"),
                        said,
                        "-Dmanagement.tracing.export.enabled=true",
                        "-Dmanagement.tracing.sampling.probability=1",
                        "-Dmanagement.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint())
                .orElseThrow(() -> new AssertionError(String.join("\n", said)))) {
            String run = platform.client()
                    .submit(new TinyRun(temp, TinyRun.MODE).spec(1, 1, false))
                    .id();
            awaitEnd(platform, run);
            // What the exporters hold leaves with the end of the services.
            platform.terminate();
            return run;
        }
    }

    private static void awaitEnd(PlatformProcess platform, String run) throws Exception {
        for (long waited = 0; waited < PATIENCE.toMillis(); waited += 500) {
            RunView view = platform.client().run(run);
            if (view.state().equals("COMPLETED")) {
                return;
            }
            assertThat(view.state()).as(view.reason()).isNotEqualTo("FAILED");
            Thread.sleep(500);
        }
        throw new AssertionError("the run did not end in " + PATIENCE);
    }

    private static List<Collected> named(List<Collected> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** Names from the span up to the root. */
    private static List<String> path(Collected span, Map<String, Collected> byId) {
        List<String> names = new ArrayList<>();
        for (Collected at = span; at != null; at = byId.get(at.parentId())) {
            names.add(at.name());
        }
        return names;
    }
}
