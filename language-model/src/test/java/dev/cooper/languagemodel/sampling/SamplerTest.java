package dev.cooper.languagemodel.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.training.SequenceScorer;
import dev.cooper.languagemodel.training.TokenValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private static final SamplingSettings PLAIN = SamplingSettings.plain(20);
    private static CausalLanguageModel model;

    @BeforeAll
    static void makeModel() {
        model = TestingModels.tiny();
    }

    @AfterAll
    static void freeModel() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logProbsEqualThoseOfTheTrainersForwardPass(boolean deterministic) {
        assertThat(mismatches(new SamplerLimits(8, 64, deterministic)))
                .hasSizeGreaterThan(100)
                .allSatisfy(mismatch -> assertThat(mismatch).isLessThan(1e-5));
    }

    /** These weights are wide. Measured: 0.13 at most, 0.017 in the mean. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logProbsInBfloat16AreNearThoseOfTheTrainerInFloat32(boolean deterministic) {
        List<Double> mismatches = mismatches(new SamplerLimits(8, 64, deterministic).in(Precision.BFLOAT16));
        assertThat(mismatches)
                .hasSizeGreaterThan(100)
                .allSatisfy(mismatch -> assertThat(mismatch).isLessThan(0.2));
        assertThat(mismatches.stream().mapToDouble(m -> m).average().orElseThrow())
                .isBetween(1e-4, 0.03);
    }

    /** Of each drawn token, between the sampler's log-probability and the trainer's in float32. */
    private static List<Double> mismatches(SamplerLimits limits) {
        SamplingSettings warm = new SamplingSettings(0.7, 1, 0, 20);
        List<SampleRequest> requests = requests(6, 5);
        SampleResult result = new Sampler(model, TestingModels.SPECIAL, limits).sample(requests, warm, () -> false);
        List<ScoredSequence> sequences = new ArrayList<>();
        List<Completion> completions = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            for (Completion completion : result.groups().get(i)) {
                sequences.add(ScoredSequence.of(requests.get(i).prompt(), completion.tokens()));
                completions.add(completion);
            }
        }
        List<TokenValues> scored = new SequenceScorer(model, 0.7, 256).score(sequences);
        List<Double> mismatches = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            Completion completion = completions.get(i);
            assertThat(scored.get(i).size()).isEqualTo(completion.tokens().size());
            for (int t = 0; t < completion.tokens().size(); t++) {
                mismatches.add(Math.abs(
                        (double) completion.logProbs().get(t) - scored.get(i).get(t)));
            }
        }
        return mismatches;
    }

    @Test
    void aCompletionEndsAtTheFirstEndOfTextTokenOrAtTheLimit() {
        SampleResult result = sample(requests(10, 8), PLAIN, 16, false);
        Set<FinishReason> seen = new HashSet<>();
        for (List<Completion> group : result.groups()) {
            assertThat(group).hasSize(8);
            for (Completion completion : group) {
                TokenIds tokens = completion.tokens();
                boolean stopped = TestingModels.SPECIAL.ends(tokens.get(tokens.size() - 1));
                assertThat(completion.finishReason()).isEqualTo(stopped ? FinishReason.STOP : FinishReason.LENGTH);
                assertThat(stopped || tokens.size() == 20).isTrue();
                for (int i = 0; i < tokens.size() - 1; i++) {
                    assertThat(TestingModels.SPECIAL.ends(tokens.get(i))).isFalse();
                }
                seen.add(completion.finishReason());
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(FinishReason.STOP, FinishReason.LENGTH);
        assertThat(result.report().completions()).isEqualTo(80);
        assertThat(result.report().tokens())
                .isEqualTo(result.groups().stream()
                        .flatMap(List::stream)
                        .mapToLong(c -> c.tokens().size())
                        .sum());
    }

    @Test
    void inDeterministicModeACompletionDependsOnNothingButItsPromptAndSeed() {
        List<SampleRequest> requests = requests(7, 4);
        List<List<Completion>> together = sample(requests, PLAIN, 16, true).groups();
        List<List<Completion>> reversed =
                sample(requests.reversed(), PLAIN, 16, true).groups();
        for (int i = 0; i < requests.size(); i++) {
            assertThat(reversed.get(requests.size() - 1 - i)).isEqualTo(together.get(i));
            assertThat(sample(List.of(requests.get(i)), PLAIN, 16, true).groups())
                    .containsExactly(together.get(i));
        }
    }

    @Test
    void drawsFollowTheModelsDistribution() {
        SampleRequest many = SampleRequest.group(TestingModels.randomTokens(5, 1), 4000, 11, 0, 0);
        List<Completion> group = sample(List.of(many), SamplingSettings.plain(1), 500, false)
                .groups()
                .get(0);
        int[] counts = new int[TestingModels.VOCABULARY];
        group.forEach(completion -> counts[completion.tokens().get(0)]++);
        for (Completion completion : group) {
            double p = Math.exp(completion.logProbs().get(0));
            double deviation = Math.sqrt(p * (1 - p) / group.size());
            assertThat(counts[completion.tokens().get(0)] / (double) group.size())
                    .isCloseTo(p, within(5 * deviation));
        }
    }

    @Test
    void filtersLeaveTheMostProbableTokensAndTheirLogProbsAreRenormalised() {
        SampleRequest many = SampleRequest.group(TestingModels.randomTokens(5, 1), 2000, 3, 0, 0);
        List<Completion> all = sample(List.of(many), SamplingSettings.plain(1), 500, false)
                .groups()
                .get(0);
        List<Completion> topThree = sample(List.of(many), new SamplingSettings(1, 1, 3, 1), 500, false)
                .groups()
                .get(0);
        List<Float> best = all.stream()
                .map(c -> c.logProbs().get(0))
                .distinct()
                .sorted()
                .toList()
                .reversed();
        double mass = best.stream().limit(3).mapToDouble(Math::exp).sum();
        Set<Integer> tokens = new HashSet<>();
        for (Completion completion : topThree) {
            tokens.add(completion.tokens().get(0));
            double expected = all.stream()
                    .filter(c -> c.tokens().equals(completion.tokens()))
                    .findFirst()
                    .orElseThrow()
                    .logProbs()
                    .get(0);
            assertThat((double) completion.logProbs().get(0)).isCloseTo(expected - Math.log(mass), within(1e-4));
        }
        assertThat(tokens).hasSize(3);
        double justTwo = Math.exp(best.get(0)) + Math.exp(best.get(1)) / 2;
        assertThat(sample(List.of(many), new SamplingSettings(1, justTwo, 0, 1), 500, false).groups().get(0).stream()
                        .map(c -> c.tokens().get(0))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void temperatureZeroTakesTheMostProbableToken() {
        SampleRequest request = SampleRequest.group(TestingModels.randomTokens(5, 1), 3, 3, 0, 0);
        List<Completion> greedy = sample(List.of(request), new SamplingSettings(0, 1, 0, 10), 4, false)
                .groups()
                .get(0);
        assertThat(greedy.stream().distinct()).hasSize(1);
        List<Completion> topOne = sample(List.of(request), new SamplingSettings(1, 1, 1, 10), 4, false)
                .groups()
                .get(0);
        assertThat(topOne.get(0).tokens()).isEqualTo(greedy.get(0).tokens());
        assertThat(greedy.get(0).logProbs().toArray()).containsOnly(0);
    }

    @Test
    void eachRequestIsToldOfAsSoonAsItIsComplete() {
        List<SampleRequest> requests = requests(9, 2);
        List<Integer> told = new ArrayList<>();
        SampleResult result = new Sampler(model, TestingModels.SPECIAL, new SamplerLimits(4, 64, false))
                .sample(requests, PLAIN, () -> false, (request, completions) -> {
                    told.add(request);
                    assertThat(completions).hasSize(2);
                });
        assertThat(told).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(result.groups()).hasSize(9);
    }

    @Test
    void cancellationStopsBetweenTokens() {
        AtomicInteger asked = new AtomicInteger();
        Sampler sampler = new Sampler(model, TestingModels.SPECIAL, new SamplerLimits(4, 64, false));
        assertThatThrownBy(() -> sampler.sample(requests(20, 2), PLAIN, () -> asked.incrementAndGet() > 3))
                .isInstanceOf(CancellationException.class);
        assertThat(asked).hasValue(4);
    }

    @Test
    void aPromptWithoutRoomOrWithUnknownTokensIsRefused() {
        SampleRequest tooLong = SampleRequest.group(TestingModels.randomTokens(64, 1), 1, 0, 0, 0);
        assertThatThrownBy(() -> sample(List.of(tooLong), PLAIN, 4, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 tokens");
        SampleRequest unknown = SampleRequest.group(TokenIds.of(3, 99), 1, 0, 0, 0);
        assertThatThrownBy(() -> sample(List.of(unknown), PLAIN, 4, false)).hasMessageContaining("token 99");
    }

    @Test
    void aCompletionIsCutWhereTheContextEnds() {
        SampleRequest request = SampleRequest.group(TestingModels.randomTokens(60, 1), 6, 0, 0, 0);
        for (Completion completion :
                sample(List.of(request), PLAIN, 4, true).groups().get(0)) {
            assertThat(completion.tokens().size()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void noRequestsGiveNoCompletions() {
        assertThat(sample(List.of(), PLAIN, 4, true).groups()).isEmpty();
        assertThat(sample(List.of(), PLAIN, 4, false).groups()).isEmpty();
    }

    private static SampleResult sample(
            List<SampleRequest> requests, SamplingSettings settings, int rows, boolean deterministic) {
        return new Sampler(model, TestingModels.SPECIAL, new SamplerLimits(rows, 64, deterministic))
                .sample(requests, settings, () -> false);
    }

    private static List<SampleRequest> requests(int prompts, int samples) {
        List<SampleRequest> requests = new ArrayList<>();
        for (int slot = 0; slot < prompts; slot++) {
            requests.add(SampleRequest.group(TestingModels.randomTokens(1 + 2 * slot, slot), samples, 5, 2, slot));
        }
        return requests;
    }
}
