package dev.cooper.reward.annotation;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.reward.annotation.Annotation.Sampled;
import dev.cooper.reward.annotation.AnnotationProgress.Observer;
import dev.cooper.reward.annotation.AnnotationSpec.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An annotation in a folder: completions of every source, both labels of each, and the files with what is kept. Started
 * again with the same specification, or with more problems, samples or sources, it goes on where it was stopped: what a
 * model answered is in the folder before it is counted, and is not asked for again.
 */
public final class AnnotationRun {

    /** Of the file with all annotations. */
    public static final String ANNOTATIONS = "annotations.jsonl";

    private static final String COMPLETIONS = "completions.jsonl";

    private final AnnotationSpec spec;
    private final Path folder;
    private final WritingModel.Opener models;

    /**
     * An annotation that has not begun.
     *
     * @param folder new, or that of the same annotation
     * @param clock tells the date to chat templates that ask for it, and to what endpoints ask to wait for
     */
    public AnnotationRun(AnnotationSpec spec, Path folder, Clock clock) {
        this(spec, folder, WritingModel.Opener.of(clock));
    }

    AnnotationRun(AnnotationSpec spec, Path folder, WritingModel.Opener models) {
        this.spec = spec;
        this.folder = folder;
        this.models = models;
    }

    /** Where the completions are that may be learnt from. */
    public static Path kept(Path folder) {
        return folder.resolve(KeptFiles.LINES);
    }

    /**
     * Does what is not done yet.
     *
     * @param observer told of every text
     * @throws CooperException BAD_INPUT for data, a folder or a setting that cannot be used; what an endpoint failed
     *     with if it cannot be had, or too many of its answers cannot
     * @throws InterruptedException soon after the thread is interrupted; what was answered is kept
     */
    public AnnotationReport run(Observer observer) throws IOException, InterruptedException {
        List<Problem> all = spec.data().read();
        AnswerChecker checker = new AnswerChecker();
        List<Problem> problems = all.stream()
                .filter(problem ->
                        checker.forReference(problem.answer()).problem().isEmpty())
                .toList();
        Files.createDirectories(folder);
        try (LineFile<Sampled> completions = LineFile.open(folder.resolve(COMPLETIONS), Sampled.class);
                LineFile<Annotation> annotations = LineFile.open(folder.resolve(ANNOTATIONS), Annotation.class)) {
            OriginFile origin = OriginFile.open(folder, spec);
            Work work = new Work(
                    problems, completions, annotations, origin, new Stage.Unanswered(spec.mostUnanswered()), observer);
            for (Source source : spec.sources()) {
                sample(source, work);
            }
            judge(work);
            return conclude(work, all.size() - problems.size());
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedByInterruptException interruption) {
                throw interrupted(interruption);
            }
            throw e.getCause();
        }
    }

    /** A channel tells in its own way that its thread was interrupted: it closes. */
    private static InterruptedException interrupted(ClosedByInterruptException cause) {
        // As whoever throws an InterruptedException does.
        Thread.interrupted();
        InterruptedException interruption = new InterruptedException("interrupted while a file was read or written");
        interruption.initCause(cause);
        return interruption;
    }

    private record Work(
            List<Problem> problems,
            LineFile<Sampled> completions,
            LineFile<Annotation> annotations,
            OriginFile origin,
            Stage.Unanswered unanswered,
            Observer observer) {

        Stage stage(AnnotationProgress.Stage stage, String model, long done, long wanted) {
            return new Stage(stage, model, done, wanted, unanswered, observer);
        }
    }

    private void sample(Source source, Work work) throws IOException, InterruptedException {
        Set<CompletionKey> wanted = wanted(work.problems(), List.of(source));
        Set<CompletionKey> there = new HashSet<>();
        work.completions().read(sampled -> {
            if (wanted.contains(sampled.sampled().key())) {
                there.add(sampled.sampled().key());
            }
        });
        Stage stage = work.stage(AnnotationProgress.Stage.SAMPLING, source.name(), there.size(), wanted.size());
        stage.tell();
        if (there.size() == wanted.size()) {
            return;
        }
        try (WritingModel model = models.open(source.model())) {
            work.origin().requireWeights("sources." + source.name(), model.checksum());
            new Sampling(source, spec.seed(), work.completions(), stage).run(model, work.problems(), there);
        }
    }

    private void judge(Work work) throws IOException, InterruptedException {
        Map<String, Problem> byId = new HashMap<>();
        work.problems().forEach(problem -> byId.put(problem.id(), problem));
        Set<CompletionKey> open = new HashSet<>(wanted(work.problems(), spec.sources()));
        long wanted = open.size();
        work.annotations().read(annotation -> open.remove(annotation.sampled().key()));
        Stage stage = work.stage(
                AnnotationProgress.Stage.JUDGING, spec.judge().model().model(), wanted - open.size(), wanted);
        stage.tell();
        if (open.isEmpty()) {
            return;
        }
        try (WritingModel model = models.open(spec.judge().model())) {
            work.origin().requireWeights("judge", model.checksum());
            Judging judging = new Judging(spec.judge(), spec.seed(), work.annotations(), stage);
            List<Judging.Open> batch = new ArrayList<>();
            work.completions().read(sampled -> {
                Problem problem = byId.get(sampled.sampled().problem());
                if (problem != null
                        && sampled.sampled().ending() != Reply.Ending.NO_ROOM
                        && open.remove(sampled.sampled().key())) {
                    batch.add(new Judging.Open(problem, sampled));
                    if (batch.size() >= model.textsAtOnce()) {
                        judging.label(model, batch);
                        batch.clear();
                    }
                }
            });
            judging.label(model, batch);
        }
    }

    private AnnotationReport conclude(Work work, long unreadable) throws IOException {
        Set<CompletionKey> wanted = wanted(work.problems(), spec.sources());
        KeptFiles files = new KeptFiles(folder);
        Agreement agreement = files.write(work.annotations(), wanted::contains);
        long[] withoutRoom = new long[1];
        work.completions().read(sampled -> {
            boolean counts = wanted.contains(sampled.sampled().key());
            withoutRoom[0] += counts && sampled.sampled().ending() == Reply.Ending.NO_ROOM ? 1 : 0;
        });
        long labelled = agreement.all().completions();
        AnnotationReport report = new AnnotationReport(
                work.problems().size(),
                unreadable,
                labelled,
                agreement.all().kept(),
                withoutRoom[0],
                wanted.size() - labelled - withoutRoom[0],
                agreement);
        files.write(report);
        return report;
    }

    private static Set<CompletionKey> wanted(List<Problem> problems, List<Source> sources) {
        Set<CompletionKey> wanted = new HashSet<>();
        for (Source source : sources) {
            for (Problem problem : problems) {
                for (int sample = 0; sample < source.samples(); sample++) {
                    wanted.add(new CompletionKey(problem.id(), source.name(), sample));
                }
            }
        }
        return wanted;
    }
}
