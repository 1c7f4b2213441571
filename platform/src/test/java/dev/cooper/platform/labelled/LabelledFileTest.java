package dev.cooper.platform.labelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledFileTest {

    private static final String RIGHT =
            "{\"question\": \"1+1\", \"answer\": \"2\", \"completion\": \"It is 2\", \"gold_correct\": true, \"answer_type\": \"x\"}\n";
    private static final String WRONG =
            "{\"question\": \"1+2\", \"answer\": \"3\", \"completion\": \"It is 4\", \"gold_correct\": false}\n";

    @TempDir
    Path folder;

    @Test
    void linesComeInTheirOrderWithTheHashOfTheWholeFile() throws IOException {
        Path file = write(RIGHT + WRONG);

        LabelledFile all = LabelledFile.read("reward.probe", file, 0, "");
        LabelledFile first = LabelledFile.read("reward.probe", file, 1, all.sha256());

        assertThat(all.examples())
                .containsExactly(
                        new LabelledExample("1+1", "2", "It is 2", true, "x"),
                        new LabelledExample("1+2", "3", "It is 4", false, ""));
        assertThat(first.examples()).hasSize(1);
        assertThat(first.sha256()).isEqualTo(all.sha256()).hasSize(64);
    }

    @Test
    void anotherFileThanThePinnedOneIsRefused() throws IOException {
        Path file = write(RIGHT);
        String pinned = LabelledFile.read("reward.probe", file, 0, "").sha256();
        write(RIGHT + WRONG);

        assertRefused(() -> LabelledFile.read("reward.probe", file, 0, pinned), "reward.probe.sha256", "not " + pinned);
    }

    @Test
    void aFileIsReadLineByLineAsItIsReadWhole() throws IOException {
        Path file = write(RIGHT + WRONG.replace("}", ", \"answer_type\": null}"));
        List<LabelledExample> streamed = new ArrayList<>();

        LabelledFile.read("data.train", file, streamed::add);

        assertThat(streamed)
                .isEqualTo(LabelledFile.read("--data", file))
                .isEqualTo(LabelledFile.read("reward.probe", file, 0, "").examples())
                .extracting(LabelledExample::type)
                .containsExactly("x", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"answer": "2", "completion": "c", "gold_correct": true}                                          | it has no question; it must be a text
            {"question": "q", "completion": "c", "gold_correct": true}                                        | it has no answer; it must be a text
            {"question": "q", "answer": "2", "gold_correct": true}                                            | it has no completion; it must be a text
            {"question": "q", "answer": "2", "completion": "c"}                                               | it has no gold_correct; it must be true or false
            {"question": "q", "answer": "2"}                                                                  | it has no gold_correct; it must be true or false
            {"question": null, "answer": "2", "completion": "c", "gold_correct": true}                        | question is null; it must be a text
            {"question": "q", "answer": 2, "completion": "c", "gold_correct": true}                           | answer is 2; it must be a text
            {"question": "q", "answer": "2", "completion": ["c"], "gold_correct": true}                       | completion is ["c"]; it must be a text
            {"question": "q", "answer": "2", "completion": "c", "gold_correct": "yes"}                        | gold_correct is "yes"; it must be true or false
            {"question": "q", "answer": "2", "completion": "c", "gold_correct": null}                         | gold_correct is null; it must be true or false
            {"question": "q", "answer": "2", "completion": "c", "gold_correct": true, "answer_type": 1}       | answer_type is 1; it must be a text
            {"question": "q", "answer": "2", "completion": "c", "gold_correct": true} {}                      | it is not JSON: Trailing token
            {"question":                                                                                      | it is not JSON: Unexpected end-of-input
            [1]                                                                                               | it is not a JSON object
            ``                                                                                                | it is blank
            `  `                                                                                              | it is blank
            """)
    void aLineThatIsNoLabelledCompletionIsNamed(String line, String message) throws IOException {
        Path file = write(RIGHT + line + "\n" + WRONG);

        assertRefusedByAll(file, file + ", line 2: " + message);
    }

    @Test
    void bytesThatAreNoUtf8AreNamed() throws IOException {
        Path file = folder.resolve("labelled.jsonl");
        Files.write(file, RIGHT.replace("It is 2", "It is \u00fc").getBytes(StandardCharsets.ISO_8859_1));

        assertRefusedByAll(file, file + ", line 1: it, or one soon after it, is not UTF-8");
    }

    @Test
    void linesAfterTheLimitAreNotLookedAt() throws IOException {
        Path file = write(RIGHT + "no JSON\n");

        assertThat(LabelledFile.read("reward.probe", file, 1, "").examples()).hasSize(1);
    }

    @Test
    void theLinesBeforeAWrongOneAreGiven() throws IOException {
        Path file = write(RIGHT + WRONG + "no JSON\n");
        List<LabelledExample> given = new ArrayList<>();

        assertRefused(() -> LabelledFile.read("data.train", file, given::add), "data.train", "line 3: it is not JSON");
        assertThat(given).hasSize(2);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        Path file = folder.resolve("none");

        assertRefusedByAll(file, "there is no file " + file + "; give JSON lines with question");
    }

    @Test
    void aFolderIsRefused() {
        assertRefusedByAll(folder, folder.toString());
    }

    @Test
    void anEmptyFileIsRefusedWhereverItIsReadWhole() throws IOException {
        Path file = write("");

        assertRefused(
                () -> LabelledFile.read("reward.probe", file, 0, ""), "reward.probe.path", file + " has no line; give");
        assertRefused(() -> LabelledFile.read("--data", file), "--data", file + " has no line; give");
        LabelledFile.read("data.train", file, example -> fail("there is no line, and it gave " + example));
    }

    private static void assertRefusedByAll(Path file, String message) {
        assertRefused(() -> LabelledFile.read("reward.probe", file, 0, ""), "reward.probe.path", message);
        assertRefused(() -> LabelledFile.read("--data", file), "--data", message);
        assertRefused(() -> LabelledFile.read("data.train", file, _ -> {}), "data.train", message);
    }

    private static void assertRefused(ThrowingCallable read, String field, String message) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(CooperException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT);
                    assertThat(failure.field()).contains(field);
                })
                .hasMessageContaining(message);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("labelled.jsonl"), text);
    }
}
