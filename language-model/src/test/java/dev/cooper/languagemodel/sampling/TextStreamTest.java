package dev.cooper.languagemodel.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStreamTest {
    @TempDir
    private Path folder;

    private Tokenizer bytes;

    @BeforeEach
    void makeTokenizer() throws IOException {
        bytes = TestingModels.byteTokenizer(folder);
    }

    @AfterEach
    void freeTokenizer() {
        bytes.close();
    }

    @Test
    void aCharacterComesWhenItsLastByteIsThere() {
        TextStream stream = new TextStream(bytes, StopStrings.NONE);
        List<String> parts = new ArrayList<>();
        for (int token : bytesOf("a€😀z")) {
            parts.add(stream.add(token));
        }
        assertThat(parts).containsExactly("a", "", "", "€", "", "", "", "😀", "z");
        assertThat(stream.end()).isEmpty();
    }

    @Test
    void bytesThatAreNoCharacterComeWhenThatIsCertain() {
        TextStream stream = new TextStream(bytes, StopStrings.NONE);
        assertThat(stream.add(TestingModels.byteToken(0xE2))).isEmpty();
        assertThat(stream.add(bytesOf("b")[0])).isEqualTo("\uFFFDb");
        assertThat(stream.add(TestingModels.byteToken(0xF0))).isEmpty();
        assertThat(stream.end()).isEqualTo("\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void thePartsOfATextAreTheText(long seed) {
        String[] pieces = {"a", " ", "\n", "é", "€", "😀", "中", "e\u0301", "\uFFFD"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(pieces[CounterRandom.integer(seed, i, pieces.length)]);
        }
        TextStream stream = new TextStream(bytes, StopStrings.NONE);
        assertThat(all(stream, bytesOf(text.toString()))).isEqualTo(text.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void thePartsOfAnyBytesAreWhatTheDecoderMakesOfAll(long seed) {
        int[] tokens = IntStream.range(0, 200)
                .map(i -> TestingModels.byteToken(CounterRandom.integer(seed, i, 256)))
                .toArray();
        TextStream stream = new TextStream(bytes, StopStrings.NONE);
        assertThat(all(stream, tokens)).isEqualTo(bytes.decodeText(TokenIds.of(tokens)));
    }

    @Test
    void whatMayBeAStopStringIsHeldBackUntilItIsNone() {
        TextStream stream = new TextStream(bytes, StopStrings.of("END"));
        List<String> parts = new ArrayList<>();
        for (int token : bytesOf("aENxEEND!")) {
            parts.add(stream.add(token));
        }
        assertThat(parts).containsExactly("a", "", "", "ENx", "", "E", "", "", "");
        assertThat(stream.stopped()).isTrue();
        assertThat(stream.end()).isEmpty();
    }

    @Test
    void whatWasHeldBackComesAtTheEnd() {
        TextStream stream = new TextStream(bytes, StopStrings.of("END"));
        assertThat(all(stream, bytesOf("abEN"))).isEqualTo("abEN");
        assertThat(stream.stopped()).isFalse();
    }

    @Test
    void specialTokensAreNoText() {
        TextStream stream = new TextStream(bytes, StopStrings.NONE);
        stream.add(bytesOf("a")[0]);
        assertThat(stream.add(bytes.specialTokens().endOfText().get(0))).isEmpty();
        assertThat(stream.end()).isEmpty();
    }

    private static String all(TextStream stream, int[] tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.append(stream.add(token));
        }
        return text.append(stream.end()).toString();
    }

    private static int[] bytesOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length)
                .map(i -> TestingModels.byteToken(bytes[i] & 0xFF))
                .toArray();
    }
}
