package dev.cooper.platform.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRootsTest {

    @TempDir
    private Path folder = Path.of("");

    private FileRoots roots() {
        return FileRoots.below(List.of(folder.resolve("inputs"), folder.resolve("later")), "the.setting");
    }

    @Test
    void whatIsBelowARootMayBeUsed() throws IOException {
        Files.createDirectories(folder.resolve("inputs/sets"));

        assertThat(roots().refusal(folder.resolve("inputs"))).isEmpty();
        assertThat(roots().refusal(folder.resolve("inputs/sets/../train.jsonl")))
                .isEmpty();
        assertThat(roots().refusal(folder.resolve("later/model"))).isEmpty();
    }

    @Test
    void whatLeadsOutIsRefusedWhetherItIsThereOrNot() throws IOException {
        Files.createDirectories(folder.resolve("inputs"));
        Files.createDirectories(folder.resolve("inputs-of-others"));

        assertThat(roots().refusal(folder.resolve("inputs/../secret")).orElseThrow())
                .contains("is outside of " + folder.resolve("inputs"))
                .contains("the.setting");
        assertThat(roots().refusal(folder.resolve("inputs-of-others"))).isPresent();
        assertThat(roots().refusal(Path.of("/etc/passwd"))).isPresent();
        assertThat(roots().refusal(Path.of("/no/such/place"))).isPresent();
    }

    @Test
    void linksAreFollowed() throws IOException {
        Files.createDirectories(folder.resolve("inputs"));
        Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("inputs/away"), folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("inputs/nothing"), folder.resolve("not-there"));
        Files.createDirectories(folder.resolve("inputs/real"));
        Files.createSymbolicLink(folder.resolve("inputs/within"), folder.resolve("inputs/real"));

        assertThat(roots().refusal(folder.resolve("inputs/away/file"))).isPresent();
        assertThat(roots().refusal(folder.resolve("inputs/nothing/file"))).isPresent();
        assertThat(roots().refusal(folder.resolve("inputs/within/file"))).isEmpty();
    }

    @Test
    void rootMayBeALinkItself() throws IOException {
        Files.createDirectories(folder.resolve("disk/inputs"));
        Files.createSymbolicLink(folder.resolve("inputs"), folder.resolve("disk/inputs"));

        assertThat(roots().refusal(folder.resolve("inputs/train.jsonl"))).isEmpty();
    }

    @Test
    void wholeFileSystemIsARootOnlyWhereItIsNamed() {
        assertThat(FileRoots.anywhere().refusal(Path.of("/etc/passwd"))).isEmpty();
        assertThat(FileRoots.below(List.of(Path.of("/")), "s").refusal(Path.of("/etc/passwd")))
                .isEmpty();
        String up = "../".repeat(Path.of("").toAbsolutePath().getNameCount());
        assertThat(FileRoots.below(List.of(Path.of(up)), "s").refusal(Path.of("/etc/passwd")))
                .isPresent();
    }
}
