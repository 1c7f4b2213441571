package dev.cooper.platform.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);
    /** FIPS 180-2, appendix B.1. */
    private static final String ABC_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void theHashIsOfTheValueAlone() {
        assertThat(new LogRecord(Topic.SCORED, 1, 2, "k", Map.of("h", "v"), ABC).sha256())
                .isEqualTo(ABC_SHA256);
        assertThat(new OutgoingRecord(Topic.SCORED, false, "", Map.of(), ABC).sha256())
                .isEqualTo(ABC_SHA256);
    }

    @Test
    void recordsAreEqualByContent() {
        assertThat(new LogRecord(Topic.SCORED, 1, 2, "k", Map.of(), ABC.clone()))
                .isEqualTo(new LogRecord(Topic.SCORED, 1, 2, "k", Map.of(), ABC));
        assertThat(new OutgoingRecord(Topic.SCORED, false, "k", Map.of(), ABC.clone()))
                .isEqualTo(new OutgoingRecord(Topic.SCORED, false, "k", Map.of(), ABC))
                .isNotEqualTo(new OutgoingRecord(Topic.SCORED, true, "k", Map.of(), ABC));
    }
}
