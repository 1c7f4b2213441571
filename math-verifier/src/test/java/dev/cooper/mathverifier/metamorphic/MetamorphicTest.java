package dev.cooper.mathverifier.metamorphic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.corpus.ReferenceAnswer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rewritten references are accepted, near misses refused. */
class MetamorphicTest {
    private static final int SHOWN = 200;
    /** Answers of other questions that are held against each reference. */
    private static final int STRANGERS = 10;

    @Test
    void equivalentsAreAcceptedAndNearMissesRefused() {
        var run = new MetamorphicRun(new Random(5));
        List<ReferenceAnswer> answers = distinct(ReferenceAnswer.available());
        var chance = new Random(6);
        for (ReferenceAnswer answer : answers) {
            run.add(answer);
            for (int i = 0; i < STRANGERS; i++) {
                run.addStranger(answer, answers.get(chance.nextInt(answers.size())));
            }
        }
        System.out.println("metamorphic, " + answers.size() + " references: " + run.summary());
        show(run.falseAccepts());
        show(run.falseRejects());
        assertThat(run.falseAcceptRate()).as("false accepts").isLessThanOrEqualTo(0.0001);
        assertThat(run.falseRejectRate()).as("false rejects").isLessThanOrEqualTo(0.01);
    }

    private static List<ReferenceAnswer> distinct(List<ReferenceAnswer> answers) {
        Set<String> golds = new HashSet<>();
        return answers.stream().filter(answer -> golds.add(answer.gold())).toList();
    }

    private static void show(List<String> misses) {
        misses.stream().limit(SHOWN).forEach(System.out::println);
    }
}
