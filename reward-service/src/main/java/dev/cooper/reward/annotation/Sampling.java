package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.reward.annotation.Annotation.Origin;
import dev.cooper.reward.annotation.Annotation.Sampled;
import dev.cooper.reward.annotation.AnnotationSpec.Source;
import dev.cooper.reward.annotation.WritingModel.Prompt;
import dev.cooper.reward.annotation.WritingModel.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes the completions of one source that are not there yet. */
final class Sampling {

    private final Source source;
    private final long seed;
    private final LineFile<Sampled> completions;
    private final Stage stage;

    Sampling(Source source, long seed, LineFile<Sampled> completions, Stage stage) {
        this.source = source;
        this.seed = CounterRandom.key(seed, source.name());
        this.completions = completions;
        this.stage = stage;
    }

    /** The samples of a problem that are not there yet. */
    private record Missing(Problem problem, List<Integer> samples) {}

    void run(WritingModel model, List<Problem> problems, Set<CompletionKey> there) throws InterruptedException {
        List<Missing> batch = new ArrayList<>();
        int texts = 0;
        for (Problem problem : problems) {
            List<Integer> samples = IntStream.range(0, source.samples())
                    .filter(sample -> !there.contains(new CompletionKey(problem.id(), source.name(), sample)))
                    .boxed()
                    .toList();
            if (samples.isEmpty()) {
                continue;
            }
            batch.add(new Missing(problem, samples));
            texts += samples.size();
            if (texts >= model.textsAtOnce()) {
                write(model, batch);
                batch.clear();
                texts = 0;
            }
        }
        if (!batch.isEmpty()) {
            write(model, batch);
        }
    }

    private void write(WritingModel model, List<Missing> batch) throws InterruptedException {
        List<Prompt> prompts = batch.stream()
                .map(missing -> new Prompt(
                        source.prompt().of(missing.problem()),
                        missing.samples().stream()
                                .map(sample -> seed(missing.problem(), sample))
                                .toList()))
                .toList();
        model.write(prompts, source.sampling(), new Receiver() {
            @Override
            public void written(int prompt, int text, Reply reply) {
                Missing asked = batch.get(prompt);
                completions.append(
                        sampled(model, asked.problem(), asked.samples().get(text), reply));
                if (model.isRemote()) {
                    completions.sync();
                }
                stage.add();
            }

            @Override
            public void unanswered(CooperException failure) {
                stage.unanswered(failure);
            }
        });
        completions.sync();
    }

    /** Of the problem and not of its place, so that more problems change nothing. */
    private long seed(Problem problem, int sample) {
        return CounterRandom.key(CounterRandom.key(seed, problem.id()), sample);
    }

    private Sampled sampled(WritingModel model, Problem problem, int sample, Reply reply) {
        Origin origin = new Origin(
                problem.id(),
                source.name(),
                sample,
                source.model().model(),
                model.checksum(),
                seed(problem, sample),
                source.sampling().temperature(),
                source.sampling().topP(),
                reply.ending(),
                source.prompt().sha256());
        return new Sampled(origin, reply.text());
    }
}
