package dev.cooper.perturbation.pairing;

import static dev.cooper.perturbation.TestingScored.REFERENCE;
import static dev.cooper.perturbation.TestingScored.RIGHT;
import static dev.cooper.perturbation.TestingScored.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.perturbation.TestingScored;
import dev.cooper.perturbation.TestingVerifier;
import dev.cooper.perturbation.assistant.AbsentAssistant;
import dev.cooper.perturbation.assistant.Rewrite;
import dev.cooper.perturbation.assistant.RewriteRequest;
import dev.cooper.perturbation.checking.AnswerCheck;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.ScoredAs;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.LengthRatio;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.RewriteStyle;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.SourceShare;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupPairingTest {

    private static final AnswerCheck VERIFIER = TestingVerifier::verdict;

    private final TestingObserver observer = new TestingObserver();

    @Test
    void theAssistantsWrongVersionBecomesTheNegative() throws Exception {
        TestingAssistant assistant = TestingAssistant.writing(WRONG);
        TestingWork work = work(NegativeSource.ASSISTANT, "no idea", RIGHT);

        PairOutcome outcome = pair(assistant, work);

        Pair pair = outcome.getPair();
        assertThat(pair.getPositive().getText()).isEqualTo(RIGHT);
        assertThat(pair.getPositive().getSample()).isEqualTo(1);
        assertThat(pair.getPositive().getVerdict().getKind()).isEqualTo(VerdictKind.CORRECT);
        assertThat(pair.getNegative().getText()).isEqualTo(WRONG);
        assertThat(pair.getNegative().getSample()).isEqualTo(-1);
        assertThat(pair.getNegative().getVerdict()).isEqualTo(TestingVerifier.verdict(REFERENCE, WRONG));
        assertThat(pair.getSource()).isEqualTo(NegativeSource.ASSISTANT);
        assertThat(pair.getStyle()).isEqualTo(RewriteStyle.MINIMAL);
        assertThat(pair.getAttempts()).isEqualTo(1);
        assertThat(pair.getAssistant()).isEqualTo("tester");

        assertThat(outcome.getGroup()).isEqualTo(work.headers().toGroupId());
        assertThat(outcome.getProblem().getQuestion()).isEqualTo(TestingScored.QUESTION);
        assertThat(outcome.getScored().getTopic()).isEqualTo("test.scored");
        assertThat(outcome.getScored().getPartition()).isEqualTo(2);
        assertThat(outcome.getScored().getOffset()).isEqualTo(17);
        assertThat(outcome.getScored().getSha256()).isEqualTo(work.record().sha256());
    }

    @Test
    void theAssistantIsAskedWithinItsLimitsAndWithNoiseOfItsOwn() throws Exception {
        TestingAssistant assistant = TestingAssistant.writing(RIGHT);
        PairingSettings settings = TestingScored.pairing(NegativeSource.ASSISTANT)
                .setAssistantModel(ModelRef.newBuilder().setChecksum("c0"))
                .build();

        pair(assistant, new TestingWork(TestingScored.group(TestingGroups.group(0, 1), settings, RIGHT)));

        assertThat(assistant.asked).hasSize(3).allSatisfy(request -> {
            assertThat(request.runId()).isEqualTo("run-1");
            assertThat(request.model()).contains(settings.getAssistantModel());
            assertThat(request.temperature()).isEqualTo(0.7);
            // Nine words.
            assertThat(request.maxTokens()).isEqualTo(29);
            assertThat(request.prompt()).contains(TestingScored.QUESTION, RIGHT);
        });
        assertThat(assistant.asked.stream().map(RewriteRequest::seed).distinct())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                            | EMPTY_REWRITE",
                "6 * 7 =  42. The answer is 42. | SAME_AS_POSITIVE",
                "The answer is 42.              | STILL_CORRECT",
                "The answer is 42, of course.   | NOT_DECIDED",
                "I am afraid not.              | NO_READABLE_ANSWER",
                "\\boxed{4} or \\boxed{5}      | NO_READABLE_ANSWER",
                "\\boxed{9^{9^{9^9}}}          | NOT_DECIDED"
            })
    void aTextThatIsNoNegativeCostsAnAttemptAndTheLastReasonIsTold(String text, NoPairReason reason) throws Exception {
        NoPair none = pair(TestingAssistant.writing(text), work(NegativeSource.ASSISTANT, RIGHT))
                .getNone();

        assertThat(none.getReason()).isEqualTo(reason);
        assertThat(none.getDetail()).isNotBlank();
        assertThat(none.getAttempts()).isEqualTo(3);
        assertThat(observer.tries).hasSize(3);
    }

    @Test
    void aTextThatWasCutOffIsNoNegativeWhateverNumberItEndsWith() throws Exception {
        TestingAssistant assistant = new TestingAssistant(_ -> new Rewrite("6 * 7 = 4", true, "tester"));

        assertThat(pair(assistant, work(NegativeSource.ASSISTANT, RIGHT))
                        .getNone()
                        .getReason())
                .isEqualTo(NoPairReason.NO_READABLE_ANSWER);
    }

    @Test
    void aLaterAttemptMayFindIt() throws Exception {
        Pair pair = pair(TestingAssistant.writing("", RIGHT, WRONG), work(NegativeSource.ASSISTANT, RIGHT))
                .getPair();

        assertThat(pair.getAttempts()).isEqualTo(3);
    }

    @Test
    void anOwnWrongCompletionServesWithoutAskingAnybody() throws Exception {
        TestingAssistant nobody = new TestingAssistant();
        String unreadable = "I do not know.";

        Pair pair = pair(nobody, work(NegativeSource.SELF, unreadable, RIGHT, WRONG))
                .getPair();

        assertThat(pair.getNegative().getText()).isEqualTo(WRONG);
        assertThat(pair.getNegative().getSample()).isEqualTo(2);
        assertThat(pair.getSource()).isEqualTo(NegativeSource.SELF);
        assertThat(pair.getAttempts()).isZero();
        assertThat(pair.getAssistant()).isEmpty();
        assertThat(pair(nobody, work(NegativeSource.SELF, unreadable, RIGHT))
                        .getNone()
                        .getReason())
                .isEqualTo(NoPairReason.NOTHING_INCORRECT);
        assertThat(nobody.asked).isEmpty();
    }

    @Test
    void anEditIsCheckedLikeARewrite() throws Exception {
        Pair pair =
                pair(new TestingAssistant(), work(NegativeSource.EDIT, RIGHT)).getPair();

        assertThat(pair.getSource()).isEqualTo(NegativeSource.EDIT);
        assertThat(pair.getNegative().getVerdict().getKind()).isEqualTo(VerdictKind.INCORRECT);
        assertThat(pair.getNegative().getText()).isNotEqualTo(RIGHT);
        assertThat(pair.getAttempts()).isBetween(1, 3);
        assertThat(observer.tries).hasSize(pair.getAttempts());

        AnswerCheck content =
                (_, _) -> Verdict.newBuilder().setKind(VerdictKind.CORRECT).build();
        NoPair none = pairing(new TestingAssistant(), content)
                .pair(work(NegativeSource.EDIT, RIGHT), () -> true)
                .orElseThrow()
                .getNone();
        assertThat(none.getReason()).isEqualTo(NoPairReason.STILL_CORRECT);
        assertThat(none.getAttempts()).isEqualTo(3);
    }

    @Test
    void aPositiveWithNothingToEditIsAReason() throws Exception {
        ScoredGroup.Builder words = group(NegativeSource.EDIT, RIGHT).toBuilder();
        words.getVerifiedBuilder().getVerdictsBuilder().getVerdictsBuilder(0).setExtractedAnswer("yes");

        assertThat(pair(new TestingAssistant(), new TestingWork(words.build()))
                        .getNone()
                        .getReason())
                .isEqualTo(NoPairReason.NOTHING_TO_EDIT);
    }

    @Test
    void withoutACorrectCompletionThereIsNoPair() throws Exception {
        assertThat(pair(new TestingAssistant(), work(NegativeSource.ASSISTANT, WRONG, "no idea"))
                        .getNone()
                        .getReason())
                .isEqualTo(NoPairReason.NOTHING_CORRECT);
    }

    @Test
    void aMixtureNeverTakesAnotherSourceThanTheOneDrawn() throws Exception {
        PairingSettings mixture = TestingScored.pairing(NegativeSource.SELF)
                .addSources(
                        SourceShare.newBuilder().setSource(NegativeSource.EDIT).setShare(1))
                .build();
        Set<Object> seen = new HashSet<>();
        for (int slot = 0; slot < 20; slot++) {
            ScoredGroup group = TestingScored.group(TestingGroups.group(slot, 1), mixture, RIGHT);
            PairOutcome outcome = pair(new TestingAssistant(), new TestingWork(group));
            seen.add(
                    outcome.hasPair()
                            ? outcome.getPair().getSource()
                            : outcome.getNone().getReason());
            assertThat(pair(new TestingAssistant(), new TestingWork(group))).isEqualTo(outcome);
        }

        assertThat(seen).containsExactlyInAnyOrder(NegativeSource.EDIT, NoPairReason.NOTHING_INCORRECT);
    }

    @Test
    void aMixturesSharesComeOutAndComeAgain() throws Exception {
        PairingSettings mixture = TestingScored.pairing(NegativeSource.ASSISTANT)
                .clearSources()
                .addSources(share(NegativeSource.ASSISTANT, 0.5))
                .addSources(share(NegativeSource.SELF, 0.3))
                .addSources(share(NegativeSource.EDIT, 0.2))
                .setLengthRatio(LengthRatio.newBuilder().setLeast(0.5).setMost(2))
                .setDigitCopies(0.5)
                .setSameForm(true)
                .build();
        List<Pair> first = pairsOf(mixture, 1000);

        assertThat(first).extracting(Pair::getSource).satisfies(sources -> {
            assertThat(Collections.frequency(sources, NegativeSource.ASSISTANT)).isBetween(450, 550);
            assertThat(Collections.frequency(sources, NegativeSource.SELF)).isBetween(255, 345);
            assertThat(Collections.frequency(sources, NegativeSource.EDIT)).isBetween(160, 240);
        });
        assertThat(pairsOf(mixture, 1000)).isEqualTo(first);
    }

    private List<Pair> pairsOf(PairingSettings settings, int slots) throws InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            ScoredGroup group = TestingScored.group(TestingGroups.group(slot, 1), settings, RIGHT, WRONG);
            pairs.add(pair(TestingAssistant.writing(WRONG), new TestingWork(group))
                    .getPair());
        }
        return pairs;
    }

    @Test
    void aNegativeOfQuiteAnotherLengthIsNone() throws Exception {
        PairingSettings settings = TestingScored.pairing(NegativeSource.ASSISTANT)
                .setLengthRatio(LengthRatio.newBuilder().setLeast(0.5).setMost(2))
                .build();
        String brief = "It is 41.";
        String wordy = "Well, ".repeat(20) + "6 * 7 = 41. The answer is 41.";

        PairOutcome outcome = pair(TestingAssistant.writing(brief, wordy, WRONG), work(settings, RIGHT));

        assertThat(outcome.getPair().getAttempts()).isEqualTo(3);
        assertThat(outcome.getPair().getRejectedList())
                .containsExactly(NoPairReason.OTHER_LENGTH, NoPairReason.OTHER_LENGTH);
        assertThat(outcome.getPair().getLengthRatio()).isEqualTo(1);
        assertThat(observer.rejections).hasSize(2);
        assertThat(pair(TestingAssistant.writing(brief), work(settings, RIGHT)).getNone())
                .satisfies(none -> {
                    assertThat(none.getReason()).isEqualTo(NoPairReason.OTHER_LENGTH);
                    assertThat(none.getDetail()).contains("0.33 of the positive's words", "pairing.length_ratio");
                    assertThat(none.getRejectedList()).hasSize(3);
                });
    }

    @Test
    void aCopyButForOneNumberStandsInTheShareOfGroupsThatAllowsIt() throws Exception {
        PairingSettings settings = TestingScored.pairing(NegativeSource.ASSISTANT)
                .setAttempts(1)
                .setDigitCopies(0.5)
                .build();
        String copy = "6 * 7 = 42. The answer is 41.";
        int stood = 0;
        for (int slot = 0; slot < 400; slot++) {
            ScoredGroup group = TestingScored.group(TestingGroups.group(slot, 1), settings, RIGHT);
            PairOutcome outcome = pair(TestingAssistant.writing(copy), new TestingWork(group));
            if (outcome.hasPair()) {
                assertThat(outcome.getPair().getDigitCopy()).isTrue();
                stood++;
            } else {
                assertThat(outcome.getNone().getReason()).isEqualTo(NoPairReason.DIGIT_COPY);
                assertThat(outcome.getNone().getDetail()).contains("pairing.digit_copies");
            }
        }
        assertThat(stood).isBetween(160, 240);
    }

    @Test
    void whereNoCopyMayStandAnEditChangesMoreThanOnePlace() throws Exception {
        PairingSettings settings =
                TestingScored.pairing(NegativeSource.EDIT).setDigitCopies(0).build();
        for (int slot = 0; slot < 100; slot++) {
            ScoredGroup group = TestingScored.group(TestingGroups.group(slot, 1), settings, RIGHT);
            PairOutcome outcome = pair(new TestingAssistant(), new TestingWork(group));
            assertThat(outcome.getPair().getDigitCopy()).isFalse();
            assertThat(outcome.getPair().getRejectedList()).doesNotContain(NoPairReason.DIGIT_COPY);
        }
    }

    @Test
    void theAnswerMustStandWhereThePositivesStands() throws Exception {
        PairingSettings settings = TestingScored.pairing(NegativeSource.ASSISTANT)
                .setSameForm(true)
                .build();
        String boxed = "6 * 7 = 41. The answer is \\boxed{41}.";

        PairOutcome outcome = pair(TestingAssistant.writing(boxed, WRONG), work(settings, RIGHT));

        assertThat(outcome.getPair().getNegative().getText()).isEqualTo(WRONG);
        assertThat(outcome.getPair().getRejectedList()).containsExactly(NoPairReason.OTHER_FORM);
    }

    @Test
    void ownCompletionsMustBeAsLongAndMayDifferByOneNumber() throws Exception {
        PairingSettings settings = TestingScored.pairing(NegativeSource.SELF)
                .setLengthRatio(LengthRatio.newBuilder().setLeast(0.5).setMost(2))
                .setDigitCopies(0)
                .build();
        String brief = "It is 41.";
        String copy = "6 * 7 = 42. The answer is 41.";

        Pair pair =
                pair(new TestingAssistant(), work(settings, brief, copy, RIGHT)).getPair();

        assertThat(pair.getNegative().getText()).isEqualTo(copy);
        assertThat(pair.getDigitCopy()).isTrue();
        assertThat(pair(new TestingAssistant(), work(settings, brief, RIGHT)).getNone())
                .satisfies(none -> {
                    assertThat(none.getReason()).isEqualTo(NoPairReason.OTHER_LENGTH);
                    assertThat(none.getDetail()).contains("none of 1 wrong completions");
                });
    }

    @Test
    void thePositiveIsDrawnAmongAllCorrectOnes() throws Exception {
        String[] right =
                IntStream.range(0, 4).mapToObj(i -> "Way " + i + ": 42").toArray(String[]::new);
        Set<Integer> drawn = new HashSet<>();
        for (int slot = 0; slot < 40; slot++) {
            ScoredGroup group = TestingScored.group(
                    TestingGroups.group(slot, 1),
                    TestingScored.pairing(NegativeSource.EDIT).build(),
                    right);
            drawn.add(pair(new TestingAssistant(), new TestingWork(group))
                    .getPair()
                    .getPositive()
                    .getSample());
        }
        assertThat(drawn).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void askedAgainThePairIsTheSameUnderTheFirstRecordsPlace() throws Exception {
        ScoredGroup group = group(NegativeSource.EDIT, RIGHT, WRONG);
        PairOutcome first = pair(new TestingAssistant(), new TestingWork(group));

        PairOutcome again = pair(new TestingAssistant(), TestingWork.again(group, 4, new ScoredAs(1, 5)));

        assertThat(again.getPair()).isEqualTo(first.getPair());
        assertThat(again.getGroup().getAttempt()).isEqualTo(4);
        assertThat(again.getScored().getPartition()).isEqualTo(1);
        assertThat(again.getScored().getOffset()).isEqualTo(5);
        assertThat(again.getScored().getSha256()).isEqualTo(first.getScored().getSha256());
    }

    @Test
    void aGroupThatFailedBeforePassesAlong() throws Exception {
        Failure before = Failure.newBuilder()
                .setReason(FailureReason.MODEL_FAULT)
                .setDetail("NaN")
                .setStage("scoring")
                .build();
        ScoredGroup failed =
                group(NegativeSource.EDIT, RIGHT).toBuilder().setFailure(before).build();

        assertThat(pair(new TestingAssistant(), new TestingWork(failed)).getFailure())
                .isEqualTo(before);
    }

    @Test
    void anAssistantOrAVerifierThatIsAwayIsAFailureAndNoReasonForNone() throws Exception {
        TestingAssistant away = new TestingAssistant(_ -> {
            throw new CooperException(FailureReason.NO_CAPACITY, "away");
        });
        Failure failure = pair(away, work(NegativeSource.ASSISTANT, RIGHT)).getFailure();
        assertThat(failure.getReason()).isEqualTo(FailureReason.NO_CAPACITY);
        assertThat(failure.getStage()).isEqualTo("pairing");

        AnswerCheck verifier = (_, _) -> {
            throw new CooperException(FailureReason.NO_CAPACITY, "the verifier is away");
        };
        assertThat(pairing(new TestingAssistant(), verifier)
                        .pair(work(NegativeSource.EDIT, RIGHT), () -> true)
                        .orElseThrow()
                        .getFailure()
                        .getDetail())
                .contains("verifier");
    }

    @Test
    void whatCannotWorkIsRefusedWithTheSettingToChange() throws Exception {
        ScoredGroup noVerdicts = group(NegativeSource.EDIT, RIGHT).toBuilder().build();
        ScoredGroup.Builder short0 = noVerdicts.toBuilder();
        short0.getVerifiedBuilder().getVerdictsBuilder().clearVerdicts();
        assertThat(pair(new TestingAssistant(), new TestingWork(short0.build())).getFailure())
                .satisfies(failure -> {
                    assertThat(failure.getReason()).isEqualTo(FailureReason.BAD_INPUT);
                    assertThat(failure.getDetail()).contains("1 completions and 0 verdicts");
                });

        GroupPairing unconfigured = new GroupPairing(
                new TestingAssistant(), new AbsentAssistant(), VERIFIER, new TopicNames("test"), observer);
        assertThat(unconfigured
                        .pair(work(NegativeSource.ASSISTANT, RIGHT), () -> true)
                        .orElseThrow()
                        .getFailure()
                        .getDetail())
                .contains("cooper.assistant.url");
        PairingSettings nobody = TestingScored.pairing(NegativeSource.ASSISTANT)
                .setAssistant(AssistantKind.ASSISTANT_KIND_UNSPECIFIED)
                .build();
        assertThat(pair(
                                new TestingAssistant(),
                                new TestingWork(TestingScored.group(TestingGroups.group(0, 1), nobody, RIGHT)))
                        .getFailure()
                        .getDetail())
                .contains("pairing.assistant");
    }

    @Test
    void aGroupThatNobodyWantsAnyMoreIsNotTriedAgain() throws Exception {
        TestingAssistant assistant = TestingAssistant.writing("");
        BooleanSupplier untilAsked = () -> assistant.asked.isEmpty();

        Optional<PairOutcome> outcome =
                pairing(assistant, VERIFIER).pair(work(NegativeSource.ASSISTANT, RIGHT), untilAsked);

        assertThat(outcome).isEmpty();
        assertThat(assistant.asked).hasSize(1);
    }

    private PairOutcome pair(TestingAssistant assistant, TestingWork work) throws InterruptedException {
        return pairing(assistant, VERIFIER).pair(work, () -> true).orElseThrow();
    }

    private GroupPairing pairing(TestingAssistant endpoint, AnswerCheck verifier) {
        return new GroupPairing(new AbsentAssistant(), endpoint, verifier, new TopicNames("test"), observer);
    }

    private static TestingWork work(NegativeSource source, String... completions) {
        return new TestingWork(group(source, completions));
    }

    private static TestingWork work(PairingSettings settings, String... completions) {
        return new TestingWork(TestingScored.group(TestingGroups.group(0, 1), settings, completions));
    }

    private static SourceShare share(NegativeSource source, double share) {
        return SourceShare.newBuilder().setSource(source).setShare(share).build();
    }

    private static ScoredGroup group(NegativeSource source, String... completions) {
        return TestingScored.group(
                TestingGroups.group(0, 1), TestingScored.pairing(source).build(), completions);
    }
}
