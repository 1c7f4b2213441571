package dev.cooper.languagemodel.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.torch.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a completion besides an end-of-text token, and what is told of it meanwhile. */
class StoppedSamplingTest {
    private static final SamplingSettings PLAIN = SamplingSettings.plain(20);
    private static final SamplingSettings STOPPED = PLAIN.withStop(StopStrings.of("w7 ", "w9", "w2 w2"));

    @TempDir
    private static Path folder;

    private static CausalLanguageModel model;
    private static Tokenizer tokenizer;

    @BeforeAll
    static void makeModel() throws IOException {
        model = TestingModels.tiny();
        tokenizer = TestingModels.tokenizer(folder, TestingModels.VOCABULARY);
    }

    @AfterAll
    static void freeModel() {
        model.close();
        tokenizer.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStopStringEndsACompletionAtTheFirstTokenThatCompletesOne(boolean deterministic) {
        List<Completion> free = all(sampler(8, deterministic).sample(requests(), PLAIN, () -> false));
        List<Completion> stopped = all(sampler(8, deterministic).sample(requests(), STOPPED, () -> false));
        int cut = 0;
        for (int i = 0; i < free.size(); i++) {
            Completion whole = free.get(i);
            int tokens = untilStop(whole);
            assertThat(stopped.get(i).tokens()).isEqualTo(whole.tokens().slice(0, tokens));
            assertThat(stopped.get(i).logProbs().size()).isEqualTo(tokens);
            if (tokens < whole.tokens().size()) {
                assertThat(stopped.get(i).finishReason()).isEqualTo(FinishReason.STOP);
                cut++;
            }
        }
        assertThat(cut).isBetween(5, free.size() - 5);
    }

    /** By looking at one text after the other. */
    private static int untilStop(Completion whole) {
        return IntStream.rangeClosed(1, whole.tokens().size())
                .filter(n -> STOPPED.stop()
                        .firstIn(tokenizer.decodeText(whole.tokens().slice(0, n)))
                        .isPresent())
                .findFirst()
                .orElse(whole.tokens().size());
    }

    @Test
    void aStopStringThatTheLastAllowedTokenCompletesIsAStop() {
        Completion whole = sampler(1, false)
                .sample(requests().subList(0, 1), SamplingSettings.plain(3), () -> false)
                .groups()
                .getFirst()
                .getFirst();
        StopStrings last = StopStrings.of(tokenizer.decodeText(whole.tokens().slice(2, 3)));
        assertThat(sampler(1, false)
                        .sample(
                                requests().subList(0, 1),
                                SamplingSettings.plain(3).withStop(last),
                                () -> false)
                        .groups()
                        .getFirst()
                        .getFirst()
                        .finishReason())
                .isEqualTo(FinishReason.STOP);
    }

    @Test
    void everyTokenIsToldOfInItsOrder() {
        Map<String, List<Integer>> drawn = new TreeMap<>();
        SampleResult result = sampler(8, false).sample(requests(), STOPPED, () -> false, new SamplingListener() {
            @Override
            public void completed(int request, List<Completion> completions) {
                for (int sample = 0; sample < completions.size(); sample++) {
                    assertThat(drawn.get(request + "." + sample))
                            .hasSize(completions.get(sample).tokens().size());
                }
            }

            @Override
            public void drawn(int request, int sample, int token) {
                drawn.computeIfAbsent(request + "." + sample, _ -> new ArrayList<>())
                        .add(token);
            }
        });
        for (int request = 0; request < result.groups().size(); request++) {
            List<Completion> group = result.groups().get(request);
            for (int sample = 0; sample < group.size(); sample++) {
                assertThat(drawn.get(request + "." + sample))
                        .containsExactlyElementsOf(
                                IntStream.of(group.get(sample).tokens().toArray())
                                        .boxed()
                                        .toList());
            }
        }
    }

    @Test
    void aCompletionHasNoMoreTokensThanItsOwnLimit() {
        List<Integer> limits = List.of(1, 5, 3, 20);
        SampleRequest request = SampleRequest.group(TestingModels.randomTokens(5, 1), 4, 3, 0, 0);
        List<Completion> free = all(sampler(4, true).sample(List.of(request), PLAIN, () -> false));
        List<Completion> limited =
                all(sampler(4, true).sample(List.of(request.withLimits(limits)), PLAIN, () -> false));
        for (int i = 0; i < limits.size(); i++) {
            int tokens = Math.min(limits.get(i), free.get(i).tokens().size());
            assertThat(limited.get(i).tokens()).isEqualTo(free.get(i).tokens().slice(0, tokens));
        }
        assertThatThrownBy(() -> request.withLimits(List.of(1))).hasMessageContaining("1 limits for 4 completions");
        assertThatThrownBy(() -> request.withLimits(List.of(1, 0, 1, 1))).hasMessageContaining("its limit is 0");
    }

    @Test
    void stopStringsNeedATokenizer() {
        Sampler blind = new Sampler(model, TestingModels.SPECIAL, new SamplerLimits(4, 64, false));
        assertThatThrownBy(() -> blind.sample(requests(), STOPPED, () -> false)).hasMessageContaining("tokenizer");
    }

    @Test
    void asManySequencesAreDecodedAtTheSameTimeAsTheirCacheHasMemoryFor() {
        // 2 layers of 2 heads with 4 numbers, keys and values, 4 bytes each
        assertThat(model.cacheBytes(Precision.FLOAT32, 1)).isEqualTo(2 * 2 * 4 * 2 * 4);
        long three = 3 * model.cacheBytes(Precision.FLOAT32, 64);
        SamplerLimits limits = new SamplerLimits(8, 64, true).withCacheBytes(three + 1);
        assertThat(limits.fitting(model, 64)).isEqualTo(3);
        assertThat(limits.fitting(model, 8)).isEqualTo(8);
        // In deterministic mode other rows would be other numbers, so equal ones tell how many there were.
        assertThat(new Sampler(model, tokenizer, limits)
                        .sample(requests(), STOPPED, () -> false)
                        .groups())
                .isEqualTo(sampler(3, true)
                        .sample(requests(), STOPPED, () -> false)
                        .groups());
        assertThat(all(new Sampler(model, tokenizer, new SamplerLimits(8, 64, false).withCacheBytes(three))
                        .sample(requests(), PLAIN, () -> false)))
                .hasSize(30);
    }

    @Test
    void memoryThatIsTooLittleForOneSequenceIsRefused() {
        long one = model.cacheBytes(Precision.FLOAT32, 5 + 20);
        SampleRequest request = SampleRequest.group(TestingModels.randomTokens(5, 1), 2, 3, 0, 0);
        assertThat(all(new Sampler(model, tokenizer, new SamplerLimits(8, 64, false).withCacheBytes(one))
                        .sample(List.of(request), PLAIN, () -> false)))
                .hasSize(2);
        assertThatThrownBy(() -> new Sampler(model, tokenizer, new SamplerLimits(8, 64, false).withCacheBytes(one - 1))
                        .sample(List.of(request), PLAIN, () -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cacheBytes (%d)".formatted(one - 1))
                .hasMessageContaining("25 tokens take %d bytes".formatted(one));
        assertThatThrownBy(() -> new SamplerLimits(8, 64, false).withCacheBytes(0))
                .hasMessageContaining("cacheBytes");
    }

    private static Sampler sampler(int rows, boolean deterministic) {
        return new Sampler(model, tokenizer, new SamplerLimits(rows, 64, deterministic));
    }

    private static List<Completion> all(SampleResult result) {
        return result.groups().stream().flatMap(List::stream).toList();
    }

    private static List<SampleRequest> requests() {
        return IntStream.range(0, 6)
                .mapToObj(slot -> SampleRequest.group(TestingModels.randomTokens(1 + 2 * slot, slot), 5, 5, 2, slot))
                .toList();
    }
}
