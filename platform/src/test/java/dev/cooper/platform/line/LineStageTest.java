package dev.cooper.platform.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.RunState;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineStageTest {

    private final ControlBoard board = new ControlBoard();
    private final LineStage<RolloutGroup, VerifiedGroup> stage =
            new LineStage<>("verifying", GroupMessage.ROLLOUTS, GroupMessage.VERIFIED, new TestingVerifier(), board);

    @BeforeEach
    void announceTheStep() {
        board.update(TestingGroups.control(1).build());
    }

    @Test
    void aGroupBecomesItsResult() throws Exception {
        RolloutGroup group = TestingGroups.rollouts(TestingGroups.group(4, 1), "42", "41");

        StageResult result = stage.process(record(group));

        assertThat(result).isInstanceOf(StageResult.Done.class);
        OutgoingRecord output = result.records().getFirst();
        assertThat(output.topic()).isEqualTo(Topic.VERIFIED);
        assertThat(output.deadLetter()).isFalse();
        assertThat(output.key()).isEqualTo("run-1/4");
        assertThat(GroupHeaders.parse(output.headers())).isEqualTo(GroupHeaders.of(TestingGroups.group(4, 1)));
        VerifiedGroup verified = VerifiedGroup.parseFrom(output.value());
        assertThat(verified.getRollouts()).isEqualTo(group);
        assertThat(verified.getVerdicts().getVerdictsList())
                .extracting(Verdict::getKind)
                .containsExactly(VerdictKind.CORRECT, VerdictKind.INCORRECT);
    }

    @Test
    void aDuplicateGivesAnEqualAnswer() {
        LogRecord record = record(TestingGroups.rollouts(TestingGroups.group(4, 1), "42"));

        assertThat(stage.process(record)).isEqualTo(stage.process(record));
    }

    @Test
    void aFailureWithAReasonClosesTheGroup() throws Exception {
        StageResult result = stage.process(record(TestingGroups.rollouts(TestingGroups.group(4, 1), "no capacity")));

        assertThat(result).asInstanceOf(type(StageResult.Failed.class)).satisfies(failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.NO_CAPACITY);
            assertThat(failed.output().headers()).containsEntry("cooper-failure", "NO_CAPACITY");
        });
        assertThat(failure(result).getStage()).isEqualTo("verifying");
        assertThat(failure(result).getDetail()).isEqualTo("all checkers are busy");
    }

    @Test
    void anUnforeseenExceptionClosesTheGroupAsInternal() throws Exception {
        StageResult result = stage.process(record(TestingGroups.rollouts(TestingGroups.group(4, 1), "bug")));

        assertThat(failure(result).getReason()).isEqualTo(FailureReason.INTERNAL);
        assertThat(failure(result).getDetail()).isEqualTo("ArithmeticException: / by zero");
    }

    @Test
    void anAnswerForAnotherGroupIsNotSent() throws Exception {
        StageResult result = stage.process(record(TestingGroups.rollouts(TestingGroups.group(4, 1), "other group")));

        assertThat(failure(result).getDetail()).contains("another group");
        assertThat(GroupHeaders.parse(result.records().getFirst().headers()).slot())
                .isEqualTo(4);
    }

    @Test
    void aFailureBeforeIsPassedAlongUnchanged() throws Exception {
        Failure before = Failure.newBuilder()
                .setReason(FailureReason.MODEL_FAULT)
                .setDetail("no such version")
                .setStage("sampling")
                .build();
        RolloutGroup group = TestingGroups.rollouts(TestingGroups.group(4, 1)).toBuilder()
                .setFailure(before)
                .build();

        StageResult result = stage.process(record(group));

        assertThat(result).isInstanceOf(StageResult.PassedAlong.class);
        assertThat(failure(result)).isEqualTo(before);
        assertThat(result.records().getFirst().headers()).containsEntry("cooper-failure", "MODEL_FAULT");
    }

    @Test
    void aPoisonMessageIsPutAsideAndItsGroupCloses() throws Exception {
        LogRecord good = record(TestingGroups.rollouts(TestingGroups.group(4, 1), "42"));
        LogRecord poison =
                new LogRecord(good.topic(), 2, 17, good.key(), good.headers(), new byte[] {(byte) 0xff, 1, 2});

        StageResult result = stage.process(poison);

        assertThat(result.records()).hasSize(2);
        OutgoingRecord letter = result.records().getFirst();
        assertThat(letter.topic()).isEqualTo(Topic.ROLLOUTS);
        assertThat(letter.deadLetter()).isTrue();
        assertThat(letter.value()).isEqualTo(poison.value());
        assertThat(letter.headers())
                .containsEntry("cooper-source", "rollouts/2/17")
                .hasEntrySatisfying("cooper-error", error -> assertThat(error).startsWith("UNREADABLE_VALUE: "));
        VerifiedGroup lost = VerifiedGroup.parseFrom(result.records().getLast().value());
        assertThat(lost.getRollouts().getRequest().getGroup()).isEqualTo(TestingGroups.group(4, 1));
        assertThat(lost.getFailure().getReason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(lost.getFailure().getDetail()).contains("rollouts/2/17");
        assertThat(result.records().getLast().headers()).containsEntry("cooper-failure", "BAD_INPUT");
    }

    @Test
    void withoutHeadersNoGroupCanBeClosed() {
        LogRecord good = record(TestingGroups.rollouts(TestingGroups.group(4, 1), "42"));

        StageResult result =
                stage.process(new LogRecord(good.topic(), 0, 0, good.key(), Map.of("other", "x"), good.value()));

        assertThat(result.records()).singleElement().satisfies(letter -> {
            assertThat(letter.deadLetter()).isTrue();
            assertThat(letter.headers())
                    .containsEntry("cooper-error", "UNREADABLE_HEADERS: header cooper-run is missing")
                    .containsEntry("other", "x");
        });
    }

    @Test
    void headersThatContradictTheValueAreNotBelieved() {
        LogRecord good = record(TestingGroups.rollouts(TestingGroups.group(4, 1), "42"));
        Map<String, String> headers = new HashMap<>(good.headers());
        headers.put(GroupHeaders.SLOT, "5");

        StageResult result = stage.process(new LogRecord(good.topic(), 0, 0, good.key(), headers, good.value()));

        assertThat(result)
                .asInstanceOf(type(StageResult.DeadLettered.class))
                .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.HEADERS_DISAGREE));
    }

    @Test
    void anOlderAttemptIsDropped() {
        board.update(TestingGroups.control(2).build());

        assertThat(stage.process(record(TestingGroups.rollouts(TestingGroups.group(4, 1), "42"))))
                .isEqualTo(new StageResult.Dropped(DropReason.STALE));
    }

    @Test
    void aStalePoisonMessageIsDroppedUnread() {
        board.update(TestingGroups.control(1).setState(RunState.RUN_CANCELLED).build());
        Map<String, String> headers = GroupHeaders.of(TestingGroups.group(0, 1)).toMap();

        assertThat(stage.process(new LogRecord(Topic.ROLLOUTS, 0, 0, "k", headers, new byte[] {-1})))
                .isEqualTo(new StageResult.Dropped(DropReason.STALE));
    }

    @Test
    void aGroupAheadOfControlWaits() {
        LogRecord ahead = record(TestingGroups.rollouts(TestingGroups.group(4, 2), "42"));

        assertThat(stage.process(ahead)).isInstanceOf(StageResult.Early.class);

        board.update(TestingGroups.control(2).build());
        assertThat(stage.process(ahead)).isInstanceOf(StageResult.Done.class);
    }

    @Test
    void aGroupThatControlNeverAnnouncesIsPutAside() {
        LogRecord ahead = record(TestingGroups.rollouts(TestingGroups.group(4, 2), "42"));

        StageResult result = stage.unannounced(ahead, GroupHeaders.of(TestingGroups.group(4, 2)));

        assertThat(result)
                .asInstanceOf(type(StageResult.DeadLettered.class))
                .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.UNANNOUNCED));
        assertThat(result.records())
                .singleElement()
                .satisfies(letter -> assertThat(letter.deadLetter()).isTrue());
    }

    @Test
    void groupsThatDoNotConcernTheStageArePassedOverWithoutWaiting() {
        var evaluation = TestingGroups.group(4, 9).toBuilder()
                .setPurpose(Purpose.EVALUATION)
                .build();

        assertThat(stage.process(record(TestingGroups.rollouts(evaluation, "42"))))
                .isEqualTo(new StageResult.Dropped(DropReason.NOT_FOR_THIS_STAGE));
    }

    @Test
    void aResultTooLargeForTheLogBecomesASmallFailure() throws Exception {
        OutgoingRecord refused = stage.process(record(TestingGroups.rollouts(TestingGroups.group(4, 1), "42")))
                .records()
                .getFirst();

        StageResult result =
                stage.refusals().withoutContents(refused, new RecordTooLargeException("9 bytes, limit 8", null));

        assertThat(failure(result).getReason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(failure(result).getDetail()).isEqualTo("9 bytes, limit 8");
        assertThat(result.records().getFirst().key()).isEqualTo("run-1/4");
    }

    private static LogRecord record(RolloutGroup group) {
        return TestingGroups.read(GroupMessage.ROLLOUTS.record(group), 0);
    }

    private static Failure failure(StageResult result) throws InvalidProtocolBufferException {
        return VerifiedGroup.parseFrom(result.records().getFirst().value()).getFailure();
    }

    /** Knows one answer, 42, and fails on request. Takes no evaluations. */
    private static final class TestingVerifier implements GroupWork<RolloutGroup, VerifiedGroup> {

        @Override
        public boolean wants(GroupHeaders headers) {
            return headers.purpose() == Purpose.TRAINING;
        }

        @Override
        public VerifiedGroup process(RolloutGroup input) {
            Verdicts.Builder verdicts = Verdicts.newBuilder();
            for (var completion : input.getRollouts().getCompletionsList()) {
                verdicts.addVerdicts(Verdict.newBuilder().setKind(kind(completion.getText())));
            }
            RolloutGroup.Builder rollouts = input.toBuilder();
            if (input.getRollouts().getCompletions(0).getText().equals("other group")) {
                rollouts.getRequestBuilder().getGroupBuilder().setSlot(99);
            }
            return VerifiedGroup.newBuilder()
                    .setRollouts(rollouts)
                    .setVerdicts(verdicts)
                    .build();
        }

        private static VerdictKind kind(String text) {
            return switch (text) {
                case "42" -> VerdictKind.CORRECT;
                case "no capacity" -> throw new CooperException(FailureReason.NO_CAPACITY, "all checkers are busy");
                case "bug" -> throw new ArithmeticException("/ by zero");
                default -> VerdictKind.INCORRECT;
            };
        }

        @Override
        public VerifiedGroup failed(RolloutGroup input, Failure failure) {
            return VerifiedGroup.newBuilder()
                    .setRollouts(input)
                    .setFailure(failure)
                    .build();
        }
    }
}
