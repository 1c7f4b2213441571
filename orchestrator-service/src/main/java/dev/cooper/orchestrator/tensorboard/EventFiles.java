package dev.cooper.orchestrator.tensorboard;

import dev.cooper.orchestrator.file.DurableFile;
import dev.cooper.orchestrator.file.RunStorage;
import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an event file a run, {@code tensorboard/{run}/events.out.tfevents...}: the scalars of its committed steps and
 * of its evaluations. The ledger is what counts: a file that is missing, or that this process has not written yet, is
 * made from it anew, and comes out the same. A disk that does not take it costs the file and never the run.
 */
public final class EventFiles {

    private static final Logger LOG = LoggerFactory.getLogger(EventFiles.class);

    private final RunLedger ledger;
    private final RunStorage storage;
    private final Map<String, Written> written = new HashMap<>();

    /** What a run's file has: all up to this step, and its evaluation or not. */
    private record Written(long step, boolean evaluated) {}

    public EventFiles(RunLedger ledger, RunStorage storage) {
        this.ledger = ledger;
        this.storage = storage;
    }

    /** Brings the run's file to what the ledger has. */
    public synchronized void update(String runId) {
        ledger.run(runId).filter(run -> run.startedAt().isPresent()).ifPresent(run -> {
            try {
                write(run);
                if (run.state().isFinal()) {
                    written.remove(runId);
                }
            } catch (IOException e) {
                written.remove(runId);
                LOG.warn("the scalars of run {} cannot be written to {}: {}", runId, file(run), e.toString());
            }
        });
    }

    private void write(Run run) throws IOException {
        Path file = file(run);
        Written before = written.get(run.id());
        if (before == null || !Files.exists(file)) {
            rewrite(run, file);
            return;
        }
        Content content = since(run, before);
        if (content.bytes.size() > 0) {
            Files.write(file, content.bytes.toByteArray(), StandardOpenOption.APPEND);
            written.put(run.id(), content.end);
        }
    }

    private void rewrite(Run run, Path file) throws IOException {
        Content content = since(run, new Written(-1, true));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(EventRecord.fileVersion(run.startedAt().orElseThrow()));
        content.bytes.writeTo(all);
        Path folder = Files.createDirectories(file.resolveSibling(""));
        Path unfinished = folder.resolve("unfinished");
        Files.write(unfinished, all.toByteArray());
        DurableFile.publish(unfinished, file);
        written.put(run.id(), content.end);
    }

    /** Bytes to append, and what the file has then. */
    private record Content(ByteArrayOutputStream bytes, Written end) {}

    /** In the order of steps, of each its scalars before its evaluation, which is the order in which they come. */
    private Content since(Run run, Written before) {
        Map<Long, Evaluation> evaluations = new HashMap<>();
        ledger.evaluations(run.id()).forEach(evaluation -> evaluations.put(evaluation.step(), evaluation));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Written end = before;
        for (Step step : ledger.steps(run.id(), Math.max(0, before.step()))) {
            List<Scalars> scalars = new ArrayList<>();
            boolean known = step.number() == before.step();
            if (step.committedAt().isEmpty()) {
                break;
            }
            if (!known) {
                Scalars.of(step).ifPresent(scalars::add);
            }
            Evaluation evaluation = evaluations.get(step.number());
            if (evaluation != null && !(known && before.evaluated())) {
                scalars.add(Scalars.of(evaluation));
            }
            scalars.forEach(event -> bytes.writeBytes(EventRecord.of(event)));
            end = new Written(step.number(), evaluation != null);
        }
        return new Content(bytes, end);
    }

    /** TensorBoard takes any name with {@code tfevents} in it. */
    private Path file(Run run) {
        long started = run.startedAt().orElseThrow().getEpochSecond();
        return storage.folder(RunStorage.TENSORBOARD, run.id())
                .resolve("events.out.tfevents." + started + "." + run.id());
    }
}
