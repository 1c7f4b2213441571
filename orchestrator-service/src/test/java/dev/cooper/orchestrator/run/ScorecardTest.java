package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScorecardTest {

    private static final VerdictKind YES = VerdictKind.CORRECT;
    private static final VerdictKind NO = VerdictKind.INCORRECT;
    private static final VerdictKind UNREADABLE = VerdictKind.UNSCORABLE;

    private final Run run = TestRuns.queued("r1", "/data/train.jsonl");
    private final Step step = TestRuns.step("r1", 2, StepState.EVALUATING, 0, 1);

    private static HeldOutSet set(String name, int problems) {
        return new HeldOutSet(
                name,
                IntStream.range(0, problems)
                        .mapToObj(i -> Problem.newBuilder().setId(name + i).build())
                        .toList());
    }

    /** Completions of as many tokens as the slot's number and one, each with an answer unless it is unreadable. */
    private static ClosedGroup.Usable<Judged> group(int slot, VerdictKind... kinds) {
        Rollouts.Builder rollouts = Rollouts.newBuilder();
        Verdicts.Builder verdicts = Verdicts.newBuilder();
        for (VerdictKind kind : kinds) {
            Completion.Builder completion = Completion.newBuilder();
            IntStream.rangeClosed(0, slot).forEach(completion::addTokenIds);
            rollouts.addCompletions(completion);
            verdicts.addVerdicts(Verdict.newBuilder().setKind(kind).setExtractedAnswer(kind == UNREADABLE ? "" : "1"));
        }
        Judged judged = new Judged(
                RolloutGroup.newBuilder().setRollouts(rollouts).build(), verdicts.build(), Scores.getDefaultInstance());
        return new ClosedGroup.Usable<>(
                slot, new LogRecord(Topic.VERIFIED, 0, slot, "r1", Map.of(), new byte[0]), judged);
    }

    private Evaluation evaluate(List<HeldOutSet> sets, List<ClosedGroup.Usable<Judged>> groups) {
        return Scorecard.of(run, step, sets, groups, TestRuns.CREATED);
    }

    @Test
    void slotsAreCountedThroughTheSetsAndEachHasItsFigures() {
        Evaluation evaluation = evaluate(
                List.of(set("easy", 2), set("hard", 3)),
                List.of(group(0, YES, YES), group(1, YES, NO), group(2, NO, NO), group(3, NO, YES), group(4, NO, NO)));

        SetFigures easy = evaluation.sets().getFirst();
        assertThat(easy.name()).isEqualTo("easy");
        assertThat(easy.problems()).isEqualTo(2);
        assertThat(easy.accuracy()).isEqualTo(0.75);
        assertThat(easy.passAtK()).isEqualTo(1);
        // The two shares are 1 and 0.5: their standard deviation is 0.5 times the root of 2, over the root of 2.
        assertThat(easy.standardError()).isCloseTo(0.25, within(1e-12));
        assertThat(easy.meanLength()).isEqualTo(1.5);
        SetFigures hard = evaluation.sets().getLast();
        assertThat(hard.accuracy()).isCloseTo(0.5 / 3, within(1e-12));
        assertThat(hard.passAtK()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(hard.standardError()).isCloseTo(0.5 / 3, within(1e-12));
    }

    @Test
    void setsCountTheSameHoweverManyProblemsTheyHave() {
        Evaluation evaluation = evaluate(
                List.of(set("easy", 1), set("hard", 3)),
                List.of(group(0, YES, YES), group(1, NO, NO), group(2, NO, YES), group(3, NO, NO)));

        assertThat(evaluation.problems()).isEqualTo(4);
        assertThat(evaluation.accuracy()).isCloseTo((1 + 0.5 / 3) / 2, within(1e-12));
        assertThat(evaluation.passAtK().orElseThrow()).isCloseTo((1 + 1.0 / 3) / 2, within(1e-12));
        // One problem has no standard error; that of the other set counts by half.
        assertThat(evaluation.standardError()).isCloseTo(0.5 / 3 / 2, within(1e-12));
        assertThat(evaluation.meanLength()).isEqualTo((1 + 3) / 2.0);
    }

    @Test
    void problemsThatFailedOrCannotBeScoredAreLeftOutAndCounted() {
        Evaluation evaluation = evaluate(
                List.of(set("whole", 1), set("torn", 3), set("gone", 1)),
                List.of(group(0, YES, NO), group(1, UNREADABLE, UNREADABLE), group(3, YES, YES)));

        assertThat(evaluation.sets()).extracting(SetFigures::leftOut).containsExactly(0, 2, 1);
        assertThat(evaluation.sets()).extracting(SetFigures::problems).containsExactly(1, 1, 0);
        assertThat(evaluation.problems()).isEqualTo(2);
        assertThat(evaluation.accuracy())
                .as("a set without a scored problem does not count")
                .isEqualTo(0.75);
        assertThat(evaluation.passAtK()).hasValue(1);
    }

    @Test
    void nothingScoredIsZeroWithoutPassAtK() {
        Evaluation evaluation = evaluate(List.of(set("gone", 2)), List.of());

        assertThat(evaluation.accuracy()).isZero();
        assertThat(evaluation.standardError()).isZero();
        assertThat(evaluation.passAtK()).isEmpty();
    }

    @Test
    void eventsTellEachSet() {
        Map<String, Object> data = Scorecard.asData(
                evaluate(List.of(set("easy", 1), set("hard", 1)), List.of(group(0, YES, NO), group(1, NO, NO))));

        assertThat(data).containsEntry("accuracy", 0.25).containsEntry("pass_at_k", 0.5);
        assertThat(data.get("sets"))
                .asInstanceOf(LIST)
                .extracting("name", "accuracy", "pass_at_k")
                .containsExactly(tuple("easy", 0.5, 1.0), tuple("hard", 0.0, 0.0));
    }
}
