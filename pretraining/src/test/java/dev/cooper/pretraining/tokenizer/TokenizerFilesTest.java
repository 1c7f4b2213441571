package dev.cooper.pretraining.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.pretraining.corpus.TaskMix;
import dev.cooper.pretraining.problems.SolutionMix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFilesTest {
    private static final Vocabulary VOCABULARY = Vocabulary.of(texts(1, 5000));
    private static final int BYTES_AND_SPECIAL = 258;

    @TempDir
    private static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void write() throws IOException {
        TokenizerFiles.write(VOCABULARY, 1024, folder);
        tokenizer = Tokenizer.load(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @Test
    void generatedTextsComeBackExactly() {
        assertThat(texts(7, 2000))
                .allSatisfy(text ->
                        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text));
    }

    @Test
    void generatedTextsAreWordsDigitsAndPunctuationOnly() {
        assertThat(texts(7, 2000)).allSatisfy(text -> {
            TokenIds ids = tokenizer.encode(text);
            for (int i = 0; i < ids.size(); i++) {
                String piece = tokenizer.decode(ids.slice(i, i + 1));
                assertThat(ids.get(i) >= BYTES_AND_SPECIAL || !piece.matches("[B-HJ-Zb-z]"))
                        .as("'%s' in: %s", piece, text)
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "  two  spaces\tand a tab ",
                "Zoë's 漢字 🙂",
                "\n\\boxed{-3.5}\r\n",
                "$\\frac{1}{2}$ of 1,234,567",
                "<|im_end|>2<|endoftext|>"
            })
    void anyTextComesBackExactly(String text) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void digitsStandAloneAndABoxOpensWithOneToken() {
        assertThat(pieces(" is \\boxed{144}.")).containsExactly(" is", " \\boxed{", "1", "4", "4", "}", ".");
        assertThat(pieces("12 + 30 = 42")).containsExactly("1", "2", " +", " 3", "0", " =", " 4", "2");
        assertThat(pieces("\n\\boxed{7}")).containsExactly("\n", "\\boxed{", "7", "}");
    }

    @Test
    void paddingAndEndAreTheFirstTwoTokens() {
        assertThat(tokenizer.specialTokens().padding()).isEqualTo(0);
        assertThat(tokenizer.specialTokens().endOfText()).isEqualTo(TokenIds.of(1));
        assertThat(tokenizer.encode(Vocabulary.END)).isEqualTo(TokenIds.of(1));
        assertThat(tokenizer.decodeText(TokenIds.of(1, 0))).isEmpty();
    }

    @Test
    void theVocabularyDependsOnTheTemplatesAndNotOnTheSeed() {
        assertThat(Vocabulary.of(texts(99, 5000))).isEqualTo(VOCABULARY);
        assertThat(tokenizer.size()).isEqualTo(VOCABULARY.size());
    }

    private static List<String> pieces(String text) {
        TokenIds ids = tokenizer.encode(text);
        return IntStream.range(0, ids.size())
                .mapToObj(i -> tokenizer.decode(ids.slice(i, i + 1)))
                .toList();
    }

    private static Stream<String> texts(long seed, int count) {
        return TaskMix.standard()
                .corpus(seed, SolutionMix.standard())
                .first(count)
                .map(example -> example.prompt() + example.completion());
    }
}
