package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.reward.annotation.AnnotationProgress.Observer;
import dev.cooper.reward.annotation.WritingModel.Prompt;
import dev.cooper.reward.annotation.WritingModel.Receiver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The judge of an annotation on completions that have a label already: what it is worth shows beside that label. */
public final class LlmJudge {

    private final JudgeSpec spec;
    private final WritingModel.Opener models;

    /**
     * A judge that has read nothing yet.
     *
     * @param clock tells the date to chat templates that ask for it, and to what an endpoint asks to wait for
     */
    public LlmJudge(JudgeSpec spec, Clock clock) {
        this.spec = spec;
        this.models = WritingModel.Opener.of(clock);
    }

    /**
     * Asks for an opinion of each completion.
     *
     * @param observer told of every reply
     * @return in the order of the examples; empty where an endpoint gave no answer
     * @throws CooperException if the judge cannot be had, or failed to answer more often than it may
     * @throws InterruptedException soon after the thread is interrupted
     */
    public List<Optional<Opinion>> opinions(List<LabelledExample> examples, Observer observer)
            throws InterruptedException {
        List<Optional<Opinion>> opinions = new ArrayList<>(Collections.nCopies(examples.size(), Optional.empty()));
        var stage = new Stage(
                AnnotationProgress.Stage.JUDGING,
                spec.judge().model().model(),
                0,
                examples.size(),
                new Stage.Unanswered(spec.mostUnanswered()),
                observer);
        try (WritingModel model = models.open(spec.judge().model())) {
            for (int from = 0; from < examples.size(); from += model.textsAtOnce()) {
                int to = Math.min(examples.size(), from + model.textsAtOnce());
                ask(model, examples.subList(from, to), from, opinions.subList(from, to), stage);
            }
        }
        return opinions;
    }

    private void ask(
            WritingModel model,
            List<LabelledExample> examples,
            int first,
            List<Optional<Opinion>> opinions,
            Stage stage)
            throws InterruptedException {
        long seed = CounterRandom.key(spec.seed(), "judge");
        List<Prompt> prompts = new ArrayList<>();
        for (LabelledExample example : examples) {
            long own = CounterRandom.key(seed, first + prompts.size());
            prompts.add(new Prompt(
                    spec.judge().prompt().of(example.question(), example.reference(), example.completion()),
                    List.of(own)));
        }
        model.write(prompts, spec.judge().sampling(), new Receiver() {
            @Override
            public void written(int prompt, int text, Reply reply) {
                opinions.set(prompt, Optional.of(spec.judge().reading().of(reply)));
                stage.add();
            }

            @Override
            public void unanswered(CooperException failure) {
                stage.unanswered(failure);
            }
        });
    }
}
