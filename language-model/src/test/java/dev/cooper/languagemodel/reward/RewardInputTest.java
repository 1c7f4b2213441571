package dev.cooper.languagemodel.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.reward.RewardInput.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardInputTest {
    @Test
    void theStandardTemplateIsVerifyRms() {
        assertThat(RewardInput.STANDARD.render("1+1?", "2", "It is 2."))
                .isEqualTo(
                        "<question>1+1?</question>\n<reference_answer>2</reference_answer>\n<completion>It is 2.</completion>");
    }

    @Test
    void aLongCompletionOrReferenceKeepsItsBeginningAndItsEnd() {
        String fits = "a".repeat(1500);
        String cut = "b".repeat(500) + "c".repeat(1000);
        String rendered = RewardInput.STANDARD.render("q".repeat(2000), cut + "c", fits);
        assertThat(rendered)
                .contains("<question>" + "q".repeat(2000) + "</question>")
                .contains("<reference_answer>" + cut + "</reference_answer>")
                .contains("<completion>" + fits + "</completion>");
        assertThat(RewardInput.STANDARD.render("q", "r", "b".repeat(500) + "x" + "c".repeat(1000)))
                .endsWith("<completion>" + cut + "</completion>");
    }

    @Test
    void aCutCountsCharactersAndSplitsNone() {
        String smile = "\uD83D\uDE00";
        Cut cut = new Cut(3, 1, 2);
        assertThat(cut.of(smile.repeat(3))).isEqualTo(smile.repeat(3));
        assertThat(cut.of("a" + smile + "b" + smile)).isEqualTo("ab" + smile);
        assertThat(cut.of(smile + "aab" + smile)).isEqualTo(smile + "b" + smile);
    }

    @Test
    void whatStandsInTheTextsIsNoPlaceholder() {
        RewardInput input = new RewardInput("{{completion}}|{{reference}}|{{completion}}", Cut.STANDARD);
        assertThat(input.render("q", "$1\\{{completion}}", "{{reference}}"))
                .isEqualTo("{{reference}}|$1\\{{completion}}|{{reference}}");
    }

    @Test
    void aTemplateThatCannotWorkIsRefused() {
        assertThatThrownBy(() -> new RewardInput("{{question}} {{answer}}", Cut.STANDARD))
                .hasMessageContaining("{{answer}}");
        assertThatThrownBy(() -> new RewardInput("{{question}} {{reference}}", Cut.STANDARD))
                .hasMessageContaining("lacks {{completion}}");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "10, 6, 5", "10, -1, 5", "10, 0, 0"})
    void aCutThatCannotWorkIsRefused(int over, int first, int last) {
        assertThatThrownBy(() -> new Cut(over, first, last)).isInstanceOf(IllegalArgumentException.class);
    }
}
