package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.EventStream;
import dev.cooper.cli.client.RunEventView;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.SpecFile;
import dev.cooper.cli.client.StepView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is the training run: a platform that is killed while it trains ends where one that never was does. */
class KilledPlatformTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final int STEPS = 4;

    @TempDir
    private Path temp = Path.of("");

    @Test
    void aRunKilledWhileTrainingEndsEqualToOneNeverKilled() throws Exception {
        assumeThat(EXAMPLES.resolve("tiny-model/model.safetensors"))
                .as("the tiny model that ./cooper pretrain makes")
                .exists();
        SpecFile spec = spec();

        List<StepView> expected;
        try (PlatformProcess platform = PlatformProcess.start(temp.resolve("whole"))) {
            RunView run = platform.client().submit(spec);
            await(platform.client(), run.id(), event -> event.type().equals("RunCompleted"));
            expected = platform.client().steps(run.id(), 1);
            platform.terminate();
        }

        Path data = temp.resolve("killed");
        String killed;
        Instant death;
        try (PlatformProcess platform = PlatformProcess.start(data)) {
            killed = platform.client().submit(spec).id();
            // The manifest of step 3 is frozen: its training has just begun, and the last checkpoint is of step 2.
            await(
                    platform.client(),
                    killed,
                    event -> event.step() == 3 && event.type().equals("ManifestFrozen"));
            platform.kill();
            death = Instant.now();
        }
        try (PlatformProcess platform = PlatformProcess.start(data)) {
            CooperClient client = platform.client();
            await(client, killed, event -> event.type().equals("RunCompleted"));

            assertThat(policyUpdateOfStepThree(client, killed).at())
                    .as("step 3 was being trained when the process was killed")
                    .isAfter(death);
            assertThat(client.steps(killed, 1).stream().map(StepView::policyAfter))
                    .containsExactlyElementsOf(
                            expected.stream().map(StepView::policyAfter).toList());
            assertThat(client.steps(killed, 1).stream().map(StepView::batchSha256))
                    .containsExactlyElementsOf(
                            expected.stream().map(StepView::batchSha256).toList());
            assertThat(expected).hasSize(STEPS);
            platform.terminate();
        }
    }

    private SpecFile spec() throws IOException {
        Path file = Files.writeString(temp.resolve("run.yaml"), """
                name: killed
                mode: rule
                seed: 5
                steps: %d
                data:
                  train: {path: data/train.jsonl, columns: {id: id, question: question, answer: answer}}
                prompt: {template: "{{question}}\\n"}
                policy: {model: tiny-model}
                sampling: {prompts_per_step: 32, group_size: 8, max_new_tokens: 64, deterministic: true}
                training: {learning_rate: 0.0003, warmup_steps: 0, mini_batches: 2, checkpoint_every: 2}
                """.formatted(STEPS));
        return SpecFile.read(file, EXAMPLES);
    }

    /** Reads events until one fits; the result is its sequence. */
    private static long await(CooperClient client, String run, Predicate<RunEventView> wanted) throws IOException {
        try (EventStream events = client.events(run, 0)) {
            while (true) {
                RunEventView event = events.next().orElseThrow(() -> new AssertionError("ended: " + client.run(run)));
                if (wanted.test(event)) {
                    return event.sequence();
                }
            }
        }
    }

    private static RunEventView policyUpdateOfStepThree(CooperClient client, String run) throws IOException {
        try (EventStream events = client.events(run, 0)) {
            return Stream.generate(() -> next(events))
                    .takeWhile(Optional::isPresent)
                    .map(Optional::get)
                    .filter(event -> event.step() == 3 && event.type().equals("PolicyUpdated"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Optional<RunEventView> next(EventStream events) {
        try {
            return events.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
