package dev.cooper.orchestrator.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.cooper.orchestrator.file.RunStorage;
import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.SetFigures;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepInstants;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.run.TestingRunLedger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {

    @TempDir
    Path root;

    private final TestingRunLedger ledger = new TestingRunLedger();
    private EventFiles files;
    private Run run;

    @BeforeEach
    void begin() {
        ledger.create(
                TestRuns.queued("r1", "/data/train.jsonl"),
                new RunEvent(0, "r1", 0, "RunQueued", TestRuns.CREATED, Map.of()));
        ledger.takeOver("r1", "me", TestRuns.CREATED, Duration.ofSeconds(15));
        run = TestRuns.begun(ledger.run("r1").orElseThrow(), RunState.RUNNING, "");
        Step initial = TestRuns.step("r1", 0, StepState.COMMITTED, 0, 0);
        ledger.commit(new Move(run, Optional.of(initial), Optional.empty(), List.of(), List.of()));
        files = new EventFiles(ledger, new RunStorage(root));
    }

    private void step(long number, Map<String, Double> metrics) {
        Step step = TestRuns.measured(TestRuns.step("r1", number, StepState.COMMITTED, 0, 1), metrics);
        ledger.commit(new Move(run, Optional.of(step), Optional.empty(), List.of(), List.of()));
        files.update("r1");
    }

    private void evaluation(long step, double accuracy) {
        Evaluation evaluation = new Evaluation("r1", step, step, 20, 8, accuracy, 0.09, 1, 27.5, 3, TestRuns.CREATED);
        ledger.commit(new Move(run, Optional.empty(), Optional.of(evaluation), List.of(), List.of()));
        files.update("r1");
    }

    private Path file() {
        return root.resolve("tensorboard/r1/events.out.tfevents."
                + run.startedAt().orElseThrow().getEpochSecond() + ".r1");
    }

    @Test
    void scalarsOfEveryStepAndEvaluationAreThere() throws IOException {
        evaluation(0, 0.25);
        step(1, Map.of("kl", 0.5, "seconds_total", 2.0, "reward_loss", 0.7, "reward_mean", 0.125, "pairs", 3.0));
        evaluation(1, 0.5);

        List<Read> events = read(file());

        assertThat(events.getFirst().version()).isEqualTo("brain.Event:2");
        assertThat(events.subList(1, events.size()))
                .extracting(Read::step, Read::values)
                .containsExactly(
                        tuple(0L, evaluated(0.25f)),
                        tuple(
                                1L,
                                Map.of(
                                        "policy/kl", 0.5f,
                                        "seconds/total", 2f,
                                        "reward/reward_loss", 0.7f,
                                        "policy/reward_mean", 0.125f,
                                        "reward/pairs", 3f)),
                        tuple(1L, evaluated(0.5f)));
        assertThat(events.getLast().wallTime())
                .isEqualTo(TestRuns.CREATED.getEpochSecond() + TestRuns.CREATED.getNano() / 1e9);
    }

    private static Map<String, Float> evaluated(float accuracy) {
        return Map.of(
                "evaluation/accuracy", accuracy,
                "evaluation/standard_error", 0.09f,
                "evaluation/format_share", 1f,
                "evaluation/length_mean", 27.5f);
    }

    @Test
    void severalSetsHaveScalarsOfTheirOwn() throws IOException {
        List<SetFigures> sets = List.of(
                new SetFigures("gsm8k", 15, 0, 0.75, 0.25, 0.875, 1, 20),
                new SetFigures("math500", 5, 1, 0.25, 0.125, 0.375, 1, 35));
        Evaluation evaluation = new Evaluation("r1", 0, 0, 20, 8, 0.5, 0.09, 1, 27.5, 3, TestRuns.CREATED, sets);
        ledger.commit(new Move(run, Optional.empty(), Optional.of(evaluation), List.of(), List.of()));
        files.update("r1");

        assertThat(read(file()).getLast().values())
                .containsAllEntriesOf(evaluated(0.5f))
                .containsEntry("evaluation/pass_at_k", 0.625f)
                .containsEntry("evaluation/gsm8k/accuracy", 0.75f)
                .containsEntry("evaluation/gsm8k/standard_error", 0.25f)
                .containsEntry("evaluation/math500/pass_at_k", 0.375f);
    }

    @Test
    void fileThatIsMissingIsMadeFromTheLedgerTheSame() throws IOException {
        step(1, Map.of("kl", 0.5));
        evaluation(1, 0.5);
        step(2, Map.of("kl", 0.25));
        byte[] first = Files.readAllBytes(file());

        Files.delete(file());
        files.update("r1");
        assertThat(file()).hasBinaryContent(first);

        Files.write(file(), Arrays.copyOf(first, first.length - 5));
        new EventFiles(ledger, new RunStorage(root)).update("r1");
        assertThat(file()).hasBinaryContent(first);
    }

    @Test
    void openStepIsNotWritten() throws IOException {
        step(1, Map.of("kl", 0.5));
        Step committed = TestRuns.measured(TestRuns.step("r1", 2, StepState.SAMPLING, 0, 1), Map.of("kl", 0.25));
        Step open = new Step(
                "r1",
                2,
                StepState.SAMPLING,
                committed.policy(),
                Optional.empty(),
                committed.metrics(),
                new StepInstants(
                        TestRuns.CREATED, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        ledger.commit(new Move(run, Optional.of(open), Optional.empty(), List.of(), List.of()));
        files.update("r1");
        files.update("r1");

        assertThat(read(file())).hasSize(2);
    }

    @Test
    void diskThatTakesNothingCostsTheFileOnly() throws IOException {
        Files.writeString(root.resolve("tensorboard"), "in the way");

        step(1, Map.of("kl", 0.5));

        Files.delete(root.resolve("tensorboard"));
        files.update("r1");
        assertThat(read(file())).hasSize(2);
    }

    private record Read(double wallTime, long step, String version, Map<String, Float> values) {}

    /** A reader of its own: frames, checksums bit by bit, and fields by their numbers. */
    private static List<Read> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Read> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = take(bytes, Long.BYTES);
            assertThat(bytes.getInt()).as("checksum of the length").isEqualTo(masked(length));
            byte[] data = take(
                    bytes,
                    Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()));
            assertThat(bytes.getInt()).as("checksum of the data").isEqualTo(masked(data));
            events.add(event(UnknownFieldSet.parseFrom(data)));
        }
        return events;
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static Read event(UnknownFieldSet event) throws InvalidProtocolBufferException {
        Map<String, Float> values = new TreeMap<>();
        for (ByteString summary : event.getField(5).getLengthDelimitedList()) {
            for (ByteString nested :
                    UnknownFieldSet.parseFrom(summary).getField(1).getLengthDelimitedList()) {
                UnknownFieldSet value = UnknownFieldSet.parseFrom(nested);
                values.put(
                        value.getField(1).getLengthDelimitedList().getFirst().toStringUtf8(),
                        Float.intBitsToFloat(value.getField(2).getFixed32List().getFirst()));
            }
        }
        return new Read(
                Double.longBitsToDouble(event.getField(1).getFixed64List().getFirst()),
                event.getField(2).getVarintList().stream().findFirst().orElse(0L),
                event.getField(3).getLengthDelimitedList().stream()
                        .findFirst()
                        .map(ByteString::toStringUtf8)
                        .orElse(""),
                values);
    }

    private static int masked(byte[] bytes) {
        int crc = -1;
        for (byte next : bytes) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        crc = ~crc;
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }
}
