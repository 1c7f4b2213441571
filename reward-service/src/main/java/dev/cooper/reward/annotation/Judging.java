package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.Attempt;
import dev.cooper.mathverifier.Ending;
import dev.cooper.mathverifier.ExtractedAnswer;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.reward.annotation.Annotation.JudgeLabel;
import dev.cooper.reward.annotation.Annotation.RuleLabel;
import dev.cooper.reward.annotation.Annotation.Sampled;
import dev.cooper.reward.annotation.AnnotationSpec.Judge;
import dev.cooper.reward.annotation.WritingModel.Prompt;
import dev.cooper.reward.annotation.WritingModel.Receiver;
import java.util.List;

/** Labels completions, by the rule and by the judge, and keeps both labels. */
final class Judging {

    private final Judge judge;
    private final long seed;
    private final AnswerChecker checker = new AnswerChecker();
    private final LineFile<Annotation> annotations;
    private final Stage stage;

    Judging(Judge judge, long seed, LineFile<Annotation> annotations, Stage stage) {
        this.judge = judge;
        this.seed = CounterRandom.key(seed, "judge");
        this.annotations = annotations;
        this.stage = stage;
    }

    /** A completion that has no label, with its problem. */
    record Open(Problem problem, Sampled sampled) {}

    void label(WritingModel model, List<Open> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        List<Verdict> verdicts =
                checker.checkAll(batch.stream().map(Judging::attempt).toList());
        List<Prompt> prompts = batch.stream()
                .map(open -> new Prompt(
                        judge.prompt().of(open.problem(), open.sampled().completion()), List.of(seed(open))))
                .toList();
        model.write(prompts, judge.sampling(), new Receiver() {
            @Override
            public void written(int prompt, int text, Reply reply) {
                Open open = batch.get(prompt);
                annotations.append(Annotation.of(
                        open.problem(), open.sampled(), label(verdicts.get(prompt)), label(model, reply)));
                if (model.isRemote()) {
                    annotations.sync();
                }
                stage.add();
            }

            @Override
            public void unanswered(CooperException failure) {
                stage.unanswered(failure);
            }
        });
        annotations.sync();
    }

    private static Attempt attempt(Open open) {
        Sampled sampled = open.sampled();
        return new Attempt(
                open.problem().answer(),
                sampled.completion(),
                sampled.sampled().ending() == Reply.Ending.FINISHED ? Ending.FINISHED : Ending.TRUNCATED);
    }

    private long seed(Open open) {
        CompletionKey key = open.sampled().sampled().key();
        long ofSource = CounterRandom.key(CounterRandom.key(seed, key.source()), key.problem());
        return CounterRandom.key(ofSource, key.sample());
    }

    private static RuleLabel label(Verdict verdict) {
        return new RuleLabel(
                verdict.kind(),
                verdict.code(),
                verdict.answer().map(ExtractedAnswer::text).orElse(""));
    }

    private JudgeLabel label(WritingModel model, Reply reply) {
        return new JudgeLabel(
                judge.model().model(),
                model.checksum(),
                judge.reading().of(reply),
                reply.text(),
                reply.ending(),
                judge.prompt().sha256());
    }
}
