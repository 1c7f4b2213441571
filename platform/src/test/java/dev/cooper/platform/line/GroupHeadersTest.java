package dev.cooper.platform.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupHeadersTest {

    private final GroupHeaders headers = GroupHeaders.of(TestingGroups.group(5, 2));

    @Test
    void headersTellTheGroup() {
        assertThat(headers.toMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cooper-run", "run-1",
                        "cooper-step", "3",
                        "cooper-slot", "5",
                        "cooper-attempt", "2",
                        "cooper-fence", "7",
                        "cooper-purpose", "TRAINING"));
        assertThat(headers.toGroupId()).isEqualTo(TestingGroups.group(5, 2));
        assertThat(headers.key()).isEqualTo("run-1/5");
    }

    @Test
    void whatIsWrittenIsRead() {
        GroupHeaders failed = GroupHeaders.of(
                TestingGroups.group(0, 1),
                Failure.newBuilder().setReason(FailureReason.TIMEOUT).build());

        assertThat(GroupHeaders.read(headers.toMap())).contains(headers);
        assertThat(GroupHeaders.read(failed.toMap())).contains(failed);
        assertThat(failed.toMap()).containsEntry("cooper-failure", "TIMEOUT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cooper-run", "cooper-step", "cooper-slot", "cooper-attempt", "cooper-fence", "cooper-purpose"})
    void aMissingHeaderIsNamed(String name) {
        Map<String, String> some = new HashMap<>(headers.toMap());
        some.remove(name);

        assertThat(GroupHeaders.read(some)).isEmpty();
        assertThatThrownBy(() -> GroupHeaders.parse(some)).hasMessageContaining(name + " is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "cooper-run, a/b",
        "cooper-step, -1",
        "cooper-slot, x",
        "cooper-slot, 4294967296",
        "cooper-attempt, 0",
        "cooper-fence, ''",
        "cooper-purpose, training",
        "cooper-purpose, PURPOSE_UNSPECIFIED",
        "cooper-failure, TIRED"
    })
    void anUnreadableHeaderIsNamed(String name, String value) {
        Map<String, String> wrong = new HashMap<>(headers.toMap());
        wrong.put(name, value);

        assertThat(GroupHeaders.read(wrong)).isEmpty();
        assertThatThrownBy(() -> GroupHeaders.parse(wrong)).hasMessageContaining(name);
    }
}
