package dev.cooper.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOnlyTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "127.0.0.1, true",
        "[::1], true",
        "0:0:0:0:0:0:0:1, true",
        "127.0.0.1.evil.org, false",
        "localhost.evil.org, false",
        "10.0.0.1, false",
        "cooper.lab.org, false"
    })
    void namesOfThisMachineAreLocal(String host, boolean local) {
        assertThat(LocalOnly.isLocal(host)).isEqualTo(local);
    }
}
