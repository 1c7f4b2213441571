package dev.cooper.languagemodel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One group of four completions; the expected values are those of TRL 1.10 and verl (2026-08) in float64. */
class GrpoLossTest {
    private static final double[] REWARDS = {1, 0, 0.5, 1};
    private static final double[][] OLD = {{-1, -0.5, -2}, {-0.7, -1.2}, {-0.3, -0.9, -1.5}, {-0.4}};
    private static final double[][] NEW = {{-0.7, -0.6, -1.9}, {-0.2, 0}, {-0.35, -0.5, -1.9}, {-0.4}};
    private static final double[][] REFERENCE = {{-1.1, -0.4, -2.2}, {-0.8, -1}, {-0.3, -1, -1.4}, {-0.5}};
    private static final double EPS_VERL = 1e-6;
    private static final double EPS_TRL = 1e-4;
    private static final GrpoLossSettings VERL = GrpoLossSettings.STANDARD;
    private static final GrpoLossSettings TRL = VERL.withDualClip(0);

    @Test
    void tokenMeanEqualsVerl() {
        assertLoss(VERL, EPS_VERL, 0.4020209305);
        assertLoss(VERL.withClip(0.2, 0.28), EPS_VERL, 0.3950578388);
    }

    @Test
    void sequenceAggregationsEqualVerl() {
        assertLoss(VERL.withAggregation(Aggregation.SEQUENCE_MEAN, 1), EPS_VERL, 0.4238442309);
        assertLoss(VERL.withAggregation(Aggregation.SEQUENCE_SUM, 1), EPS_VERL, 0.9045470936);
        assertLoss(VERL.withAggregation(Aggregation.SEQUENCE_SUM, 3), EPS_VERL, 0.3015156979);
    }

    @Test
    void sequenceRatioEqualsGspo() {
        GrpoLossSettings gspo =
                VERL.withAggregation(Aggregation.SEQUENCE_MEAN, 1).withSequenceRatio();
        assertLoss(gspo, EPS_VERL, 0.4155786109);
        assertLoss(gspo.withDualClip(0), EPS_TRL, 0.4154926868);
    }

    @Test
    void lossesEqualTrl() {
        assertLoss(TRL.withAggregation(Aggregation.SEQUENCE_MEAN, 1), EPS_TRL, 0.4759880653);
        assertLoss(TRL, EPS_TRL, 0.4483657793);
        assertLoss(TRL.withAggregation(Aggregation.SEQUENCE_SUM, 3), EPS_TRL, 0.3362743345);
        assertLoss(TRL.withKl(0.04, KlEstimator.K3), EPS_TRL, 0.4524128573);
        assertLoss(TRL.withClip(0.2, 0.28), EPS_TRL, 0.4414041273);
        assertLoss(TRL.withDualClip(3), EPS_TRL, 0.4019378082);
    }

    @Test
    void drGrpoWithUnscaledAdvantagesEqualsTrl() {
        double[] advantages = Advantages.groupRelative(REWARDS, new Advantages.Options(false, 0, false));
        GrpoLoss loss = new GrpoLoss(TRL.withAggregation(Aggregation.SEQUENCE_SUM, 3));
        assertThat(ComputedLoss.of(loss, terms(NEW, advantages), 4).loss()).isCloseTo(0.1610127092, within(1e-8));
    }

    @Test
    void diagnosticsEqualVerl() {
        GrpoDiagnostics d = result(VERL, EPS_VERL).diagnostics();
        assertThat(d.share(d.clippedLow() + d.clippedHigh())).isCloseTo(0.222222, within(1e-6));
        assertThat(d.share(d.dualClipped())).isCloseTo(0.111111, within(1e-6));
        assertThat(d.perToken(d.oldKlSum())).isCloseTo(-0.216667, within(1e-6));
    }

    @Test
    void divergencesEqualTheGoldenValues() {
        assertKl(KlEstimator.K1, 0.2388888889);
        assertKl(KlEstimator.K2, 0.1201388889);
        assertKl(KlEstimator.K3, 0.1011769497);
    }

    @Test
    void partsAddUpToTheWhole() {
        for (Aggregation aggregation : Aggregation.values()) {
            GrpoLoss loss = new GrpoLoss(VERL.withAggregation(aggregation, 3).withKl(0.1, KlEstimator.K3));
            List<ComputedLoss.Completion> terms = terms(NEW, advantages(EPS_VERL));
            double denominator = loss.denominator(List.of(3, 2, 3, 1));
            double whole = ComputedLoss.of(loss, terms, denominator).loss();
            double parts = ComputedLoss.of(loss, terms.subList(0, 1), denominator)
                            .loss()
                    + ComputedLoss.of(loss, terms.subList(1, 4), denominator).loss();
            assertThat(parts).isCloseTo(whole, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void gradientsEqualFiniteDifferences(int variant) {
        GrpoLossSettings settings = List.of(
                        VERL,
                        TRL.withKl(0.3, KlEstimator.K1),
                        TRL.withKl(0.3, KlEstimator.K2).withAggregation(Aggregation.SEQUENCE_MEAN, 1),
                        TRL.withKl(0.3, KlEstimator.K3).withAggregation(Aggregation.SEQUENCE_SUM, 3),
                        TRL.withSequenceRatio(),
                        VERL.withImportanceCap(1.05))
                .get(variant);
        GrpoLoss loss = new GrpoLoss(settings);
        double[] advantages = advantages(EPS_VERL);
        List<TokenValues> gradients =
                ComputedLoss.of(loss, terms(NEW, advantages), 9).gradients();
        double h = 1e-6;
        for (int s = 0; s < NEW.length; s++) {
            for (int t = 0; t < NEW[s].length; t++) {
                double[][] up = copy(NEW);
                double[][] down = copy(NEW);
                up[s][t] += h;
                down[s][t] -= h;
                double difference =
                        (ComputedLoss.of(loss, terms(up, advantages), 9).loss()
                                        - ComputedLoss.of(loss, terms(down, advantages), 9)
                                                .loss())
                                / (2 * h);
                assertThat(gradients.get(s).get(t)).isCloseTo(difference, within(1e-7));
            }
        }
    }

    @Test
    void staleTokensAreWeightedByTheTruncatedRatio() {
        ComputedLoss.Completion terms = new ComputedLoss.Completion(
                TokenValues.of(-1, -1), TokenValues.of(-1, -1), TokenValues.of(-3, -0.5), Optional.empty(), 1);
        ComputedLoss result = ComputedLoss.of(new GrpoLoss(VERL.withImportanceCap(2)), List.of(terms), 2);
        assertThat(result.loss()).isCloseTo(-(2 + Math.exp(-0.5)) / 2, within(1e-12));
        assertThat(result.diagnostics().mismatchSum()).isCloseTo(2.5, within(1e-12));
        assertThat(result.diagnostics().mismatchMax()).isCloseTo(2, within(1e-12));
    }

    @Test
    void anExtremeRatioStaysFinite() {
        ComputedLoss.Completion terms = new ComputedLoss.Completion(
                TokenValues.of(0), TokenValues.of(-2000), TokenValues.of(-2000), Optional.empty(), -1);
        ComputedLoss result = ComputedLoss.of(new GrpoLoss(TRL), List.of(terms), 1);
        assertThat(result.loss()).isCloseTo(Math.exp(20), within(1.0));
        assertThat(result.gradients().get(0).get(0)).isZero();
    }

    @Test
    void withoutOldLogProbsTheCurrentPolicyIsTheOldOne() {
        TokenValues current = TokenValues.of(-0.7, -1.3);
        TokenValues sampler = TokenValues.of(-0.9, -1.2);
        GrpoLoss loss = new GrpoLoss(VERL.withImportanceCap(2));
        ComputedLoss same = ComputedLoss.of(
                loss, List.of(new ComputedLoss.Completion(current, current, sampler, Optional.empty(), 1.5)), 2);
        ComputedLoss none = ComputedLoss.of(
                loss,
                List.of(new ComputedLoss.Completion(
                        current, new GrpoTerms(Optional.empty(), sampler, Optional.empty(), 1.5))),
                2);
        assertThat(none).isEqualTo(same);
        assertThat(none.gradients().getFirst().get(0)).isNotZero();
    }

    @Test
    void oldLogProbsOfSomeCompletionsOnlyAreRefused() {
        TokenValues values = TokenValues.of(-1, -2);
        assertThatThrownBy(() -> ComputedLoss.of(
                        new GrpoLoss(VERL),
                        List.of(
                                new ComputedLoss.Completion(values, values, values, Optional.empty(), 1),
                                new ComputedLoss.Completion(
                                        values, new GrpoTerms(Optional.empty(), values, Optional.empty(), 1))),
                        4))
                .hasMessageContaining("1 of 2 completions have oldLogProbs");
    }

    @Test
    void aDivergenceTermWithoutReferenceIsRefused() {
        assertThatThrownBy(() -> ComputedLoss.of(
                        new GrpoLoss(VERL.withKl(0.1, KlEstimator.K3)),
                        List.of(new ComputedLoss.Completion(
                                TokenValues.of(-1), TokenValues.of(-1), TokenValues.of(-1), Optional.empty(), 1)),
                        1))
                .hasMessageContaining("referenceLogProbs");
    }

    private static void assertLoss(GrpoLossSettings settings, double epsilon, double expected) {
        assertThat(result(settings, epsilon).loss()).isCloseTo(expected, within(1e-8));
    }

    private static void assertKl(KlEstimator estimator, double expected) {
        GrpoDiagnostics d = result(VERL.withKl(0.1, estimator), EPS_VERL).diagnostics();
        assertThat(d.perToken(d.klSum())).isCloseTo(expected, within(1e-8));
    }

    private static ComputedLoss result(GrpoLossSettings settings, double epsilon) {
        GrpoLoss loss = new GrpoLoss(settings);
        return ComputedLoss.of(loss, terms(NEW, advantages(epsilon)), loss.denominator(List.of(3, 2, 3, 1)));
    }

    private static double[] advantages(double epsilon) {
        return Advantages.groupRelative(REWARDS, new Advantages.Options(true, epsilon, false));
    }

    private static List<ComputedLoss.Completion> terms(double[][] logProbs, double[] advantages) {
        List<ComputedLoss.Completion> terms = new ArrayList<>();
        for (int i = 0; i < logProbs.length; i++) {
            TokenValues old = TokenValues.of(OLD[i]);
            terms.add(new ComputedLoss.Completion(
                    TokenValues.of(logProbs[i]), old, old, Optional.of(TokenValues.of(REFERENCE[i])), advantages[i]));
        }
        return terms;
    }

    private static double[][] copy(double[][] values) {
        double[][] copy = new double[values.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i].clone();
        }
        return copy;
    }
}
