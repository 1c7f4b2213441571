package dev.cooper.platform.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.line.GroupReader.Accepted;
import dev.cooper.platform.line.GroupReader.Read;
import dev.cooper.platform.line.GroupReader.Unreadable;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoredAsTest {

    private final GroupReader<ScoredGroup> reader =
            new GroupReader<>(GroupMessage.SCORED, _ -> true, _ -> Admission.CURRENT);

    @Test
    void aRecordThatRepeatsAnotherIsOfTheAttemptInItsHeaders() {
        ScoredGroup scored = scored(TestingGroups.group(4, 1));
        GroupId again = TestingGroups.group(4, 3).toBuilder().setFence(8).build();

        Read<ScoredGroup> read = reader.read(record(scored, again, new ScoredAs(2, 17).text()));

        assertThat(read).isEqualTo(new Accepted<>(GroupHeaders.of(again), scored));
        assertThat(ScoredAs.read(Map.of(ScoredAs.HEADER, "2/17"))).contains(new ScoredAs(2, 17));
    }

    @Test
    void anotherSlotThanTheValuesIsNotBelieved() {
        assertThat(deadLetterReason(record(scored(TestingGroups.group(4, 1)), TestingGroups.group(5, 2), "2/17")))
                .isEqualTo(DeadLetterReason.HEADERS_DISAGREE);
    }

    @Test
    void anotherAttemptWithoutARepetitionIsNotBelieved() {
        assertThat(deadLetterReason(record(scored(TestingGroups.group(4, 1)), TestingGroups.group(4, 2), null)))
                .isEqualTo(DeadLetterReason.HEADERS_DISAGREE);
    }

    @Test
    void aPlaceThatIsNoneIsNamed() {
        Read<ScoredGroup> read =
                reader.read(record(scored(TestingGroups.group(4, 1)), TestingGroups.group(4, 2), "seventeen"));

        assertThat(read)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.detail()).contains("cooper-scored-as", "seventeen"));
    }

    private DeadLetterReason deadLetterReason(LogRecord record) {
        return reader.read(record) instanceof Unreadable<ScoredGroup> unreadable
                ? unreadable.reason()
                : throwAccepted(record);
    }

    private static DeadLetterReason throwAccepted(LogRecord record) {
        throw new AssertionError("the record was believed: " + record);
    }

    private static ScoredGroup scored(GroupId group) {
        return ScoredGroup.newBuilder()
                .setVerified(VerifiedGroup.newBuilder().setRollouts(TestingGroups.rollouts(group, "42")))
                .build();
    }

    private static LogRecord record(ScoredGroup value, GroupId headersOf, @Nullable String scoredAs) {
        Map<String, String> headers = new HashMap<>(GroupHeaders.of(headersOf).toMap());
        if (scoredAs != null) {
            headers.put(ScoredAs.HEADER, scoredAs);
        }
        return new LogRecord(Topic.SCORED, 0, 99, "run-1/4", headers, value.toByteArray());
    }
}
