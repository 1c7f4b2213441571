package dev.cooper.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.security.TokenFile.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {

    private static final String FIRST = "0123456789abcdef0123456789abcdef";
    private static final String SECOND = "fedcba9876543210fedcba9876543210";

    @TempDir
    private Path folder = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("tokens"), text);
    }

    @Test
    void tokensAreKnownByNameAndRole() throws IOException {
        TokenFile tokens =
                new TokenFile(file("# people\n\nanna viewer " + FIRST + "\nci@lab  admin\t" + SECOND + "\n"));

        assertThat(tokens.find(FIRST)).contains(new Caller("anna", Role.VIEWER));
        assertThat(tokens.find(SECOND)).contains(new Caller("ci@lab", Role.ADMIN));
        assertThat(tokens.find(FIRST.substring(1))).isEmpty();
    }

    @Test
    void changedFileIsReadAgainAndABrokenOneIsNot() throws IOException {
        TokenFile tokens = new TokenFile(file("anna viewer " + FIRST));
        file("anna operator " + SECOND);
        assertThat(tokens.find(FIRST)).isEmpty();
        assertThat(tokens.find(SECOND)).contains(new Caller("anna", Role.OPERATOR));

        file("nonsense");
        assertThat(tokens.find(SECOND)).isPresent();
        Files.delete(folder.resolve("tokens"));
        assertThat(tokens.find(SECOND)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "anna viewer, 'line 1 of', NAME ROLE TOKEN",
        "anna king 0123456789abcdef0123456789abcdef, line 1 of, 'viewer, operator or admin'",
        "an/na viewer 0123456789abcdef0123456789abcdef, line 1 of, the name",
        "anna viewer short-secret, line 1 of, at least 20 characters",
        "# nobody, holds no token, NAME ROLE TOKEN"
    })
    void whatIsNoTokenIsNamedByItsLineAndNotRepeated(String text, String where, String what) {
        assertThatThrownBy(() -> new TokenFile(file(text)))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("cooper.security.tokens-file")
                .hasMessageContaining(where)
                .hasMessageContaining(what)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("0123456789", "short-secret"));
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> new TokenFile(folder.resolve("none"))).hasMessageContaining("none cannot be read");
    }

    @Test
    void secretMustBeOneLongLine() throws IOException {
        assertThat(SecretFile.read("s", file(FIRST + "\n"))).isEqualTo(FIRST);
        assertThatThrownBy(() -> SecretFile.read("s", file("short"))).hasMessageContaining("openssl rand -hex 32");
        assertThatThrownBy(() -> SecretFile.read("s", file(FIRST + "\n" + SECOND)))
                .hasMessageContaining("one line");
    }
}
