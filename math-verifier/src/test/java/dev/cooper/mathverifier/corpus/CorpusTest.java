package dev.cooper.mathverifier.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.AnswerChecker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The open two thirds of the labelled pairs, and the format of all of them. */
class CorpusTest {

    @Test
    void everyPairHasItsFieldsAndAnIdOfItsOwn() {
        List<LabelledPair> all = new ArrayList<>(LabelledPair.in(LabelledPair.OPEN));
        all.addAll(LabelledPair.in(LabelledPair.FROZEN));
        Set<String> ids = new HashSet<>();
        Set<List<String>> texts = new HashSet<>();
        for (LabelledPair pair : all) {
            assertThat(ids.add(pair.id())).as("a second %s", pair.id()).isTrue();
            assertThat(texts.add(List.of(pair.gold(), pair.pred())))
                    .as("the texts of %s again", pair.id())
                    .isTrue();
        }
        assertThat(all.stream().filter(LabelledPair::label).count() / (double) all.size())
                .as("the share of right answers")
                .isBetween(0.4, 0.7);
    }

    @Test
    void openPairsAreJudgedAsLabelled() {
        CorpusScore score = CorpusScore.of(new AnswerChecker(), LabelledPair.in(LabelledPair.OPEN));
        System.out.println("open corpus: " + score.summary());
        score.falseAccepts().forEach(System.out::println);
        score.falseRejects().forEach(System.out::println);
        assertThat(score.falseAccepts()).as("false accepts").isEmpty();
        assertThat(score.right()).as(score.summary()).isGreaterThanOrEqualTo(0.99);
    }
}
