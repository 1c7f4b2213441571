package dev.cooper.platform.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordSealTest {

    private static final Map<String, String> HEADERS = Map.of("cooper-run", "r", "cooper-slot", "3");
    private static final byte[] VALUE = {1, 2, 3};

    private final RecordSeal seal = RecordSeal.of("a key of this installation".getBytes(StandardCharsets.UTF_8));

    private Map<String, String> signed() {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.put(
                RecordSeal.HEADER, seal.sign("c.scored", "r/3", HEADERS, VALUE).orElseThrow());
        return headers;
    }

    @Test
    void whatASealHolderWroteIsNoForgery() {
        assertThat(seal.forgery("c.scored", "r/3", signed(), VALUE)).isNull();
    }

    @Test
    void headersOfOthersMayBeAdded() {
        Map<String, String> traced = signed();
        traced.put("traceparent", "00-1-2-01");

        assertThat(seal.forgery("c.scored", "r/3", traced, VALUE)).isNull();
    }

    @Test
    void anyOtherPartThatChangesBreaksTheSeal() {
        Map<String, String> otherSlot = signed();
        otherSlot.put("cooper-slot", "4");
        Map<String, String> oneMore = signed();
        oneMore.put("cooper-failure", "TIMEOUT");

        assertThat(seal.forgery("c.scored", "r/3", otherSlot, VALUE)).contains("is not the signature");
        assertThat(seal.forgery("c.scored", "r/3", oneMore, VALUE)).isNotNull();
        assertThat(seal.forgery("c.verified", "r/3", signed(), VALUE)).isNotNull();
        assertThat(seal.forgery("c.scored", "r/4", signed(), VALUE)).isNotNull();
        assertThat(seal.forgery("c.scored", "r/3", signed(), new byte[] {1, 2, 4}))
                .isNotNull();
        assertThat(RecordSeal.of(new byte[] {7}).forgery("c.scored", "r/3", signed(), VALUE))
                .isNotNull();
    }

    @Test
    void recordWithoutSignatureIsRefusedWhereThereIsAKeyOnly() {
        assertThat(seal.forgery("c.scored", "r/3", HEADERS, VALUE)).contains("cooper-signature is missing");
        assertThat(RecordSeal.none().forgery("c.scored", "r/3", HEADERS, VALUE)).isNull();
        assertThat(RecordSeal.none().sign("c.scored", "r/3", HEADERS, VALUE)).isEmpty();
    }
}
