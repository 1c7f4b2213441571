package dev.cooper.mathverifier.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published reference answers against themselves and against the worked solutions that come with them. */
class ReferenceAnswersTest {
    private final AnswerChecker checker = new AnswerChecker();

    @Test
    void everyReferenceIsReadAndAnswersItself() {
        List<String> unreadable = new ArrayList<>();
        List<String> misses = new ArrayList<>();
        List<ReferenceAnswer> answers = available();
        for (ReferenceAnswer answer : answers) {
            checker.forReference(answer.gold())
                    .problem()
                    .ifPresent(problem -> unreadable.add(answer.source() + " " + answer.gold() + ": " + problem));
            judge(answer.gold(), "The answer is\n\\[\\boxed{" + answer.gold() + "}\\]", answer.source(), misses);
        }
        report("references against themselves", answers.size(), misses);
        unreadable.forEach(line -> System.out.println("unreadable: " + line));
        assertThat(misses.size()).isLessThanOrEqualTo(answers.size() / 100);
    }

    @Test
    void everyWorkedSolutionHasItsReferenceAnswer() {
        List<String> misses = new ArrayList<>();
        List<ReferenceAnswer> answers =
                available().stream().filter(a -> a.solution().isPresent()).toList();
        for (ReferenceAnswer answer : answers) {
            String solution = answer.solution().orElseThrow();
            judge(answer.gold(), solution, answer.source(), misses);
            judge(solution, "\\boxed{" + answer.gold() + "}", answer.source() + " as the reference", misses);
        }
        report("references against their solutions, both ways", 2 * answers.size(), misses);
        assertThat(misses.size()).isLessThanOrEqualTo(2 * answers.size() / 100);
    }

    private void judge(String reference, String completion, String source, List<String> misses) {
        Verdict verdict = checker.check(reference, completion);
        if (!(verdict instanceof Verdict.Correct)) {
            misses.add(source + " " + verdict.explanation());
        }
    }

    private static void report(String what, int checks, List<String> misses) {
        System.out.println(what + ": " + checks + " checks, " + misses.size() + " misses");
        misses.forEach(System.out::println);
    }

    private static List<ReferenceAnswer> available() {
        assumeTrue(ReferenceAnswer.dataSetsAreThere(), () -> "skipped: no data sets in " + ReferenceAnswer.folder());
        return ReferenceAnswer.ofDataSets();
    }
}
