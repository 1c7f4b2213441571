package dev.cooper.mathverifier.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.AnswerChecker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The third of the labelled pairs that was kept apart while the verifier was written. Its first figures, and what was
 * mended after they were seen, are in docs/verifier.md; {@code -Dcorpus.frozen.misses=true} names the misses.
 */
@Tag("frozen")
class FrozenCorpusTest {

    @Test
    void frozenPairsAreJudgedAsLabelled() {
        CorpusScore score = CorpusScore.of(new AnswerChecker(), LabelledPair.in(LabelledPair.FROZEN));
        System.out.println("frozen corpus: " + score.summary());
        if (Boolean.getBoolean("corpus.frozen.misses")) {
            score.falseAccepts().forEach(System.out::println);
            score.falseRejects().forEach(System.out::println);
        }
        assertThat(score.falseAccepts().size()).as(score.summary()).isZero();
        assertThat(score.right()).as(score.summary()).isGreaterThanOrEqualTo(0.975);
    }
}
