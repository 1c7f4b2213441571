package dev.cooper.platform.tracing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which trace a step is, and the span at its root. Both follow from the step's name alone, so that every service, and
 * an orchestrator that takes the run over, means the same trace without having been told of it.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 */
public record TraceName(String traceId, String spanId) {

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    /** The trace of a step. */
    public static TraceName ofStep(String runId, long step) {
        return hashOf("step " + runId + " " + step);
    }

    /** The trace of a run, which holds its beginning only and is linked to by all of its steps. */
    public static TraceName ofRun(String runId) {
        return hashOf("run " + runId);
    }

    private static TraceName hashOf(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            HexFormat hex = HexFormat.of();
            return new TraceName(
                    hex.formatHex(hash, 0, TRACE_BYTES), hex.formatHex(hash, TRACE_BYTES, TRACE_BYTES + SPAN_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
