package dev.cooper.platform.security;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.Topic;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who asked for what: a line in the log under the name {@code dev.cooper.audit}, and a record as JSON in the topic
 * {@code audit}, which is kept for good and signed like every record. Requests that change nothing are left out;
 * requests from nobody known are in the log only, so that they cannot fill the topic.
 */
final class Audit {

    static final String NOBODY = "anonymous";

    private static final Logger LOG = LoggerFactory.getLogger("dev.cooper.audit");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String service;
    private final Supplier<RecordSink> sink;
    private final Clock clock;

    /** @param service name of the service and its instance */
    Audit(String service, Supplier<RecordSink> sink, Clock clock) {
        this.service = service;
        this.sink = sink;
        this.clock = clock;
    }

    /** A request that was answered. */
    void asked(HttpServletRequest request, @Nullable Authentication caller, int status) {
        String who = caller == null ? NOBODY : caller.getName();
        LOG.info(
                "{} from {}: {} {} gave {}",
                who,
                request.getRemoteAddr(),
                request.getMethod(),
                request.getRequestURI(),
                status);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("at", clock.instant().toString());
        entry.put("service", service);
        entry.put("who", who);
        entry.put("role", role(caller));
        entry.put("from", request.getRemoteAddr());
        entry.put("method", request.getMethod());
        entry.put("path", request.getRequestURI());
        entry.put("status", status);
        try {
            sink.get().send(new OutgoingRecord(Topic.AUDIT, false, who, Map.of(), JSON.writeValueAsBytes(entry)));
        } catch (CooperException e) {
            LOG.error("the line before is not in the topic: {}", e.detail());
        }
    }

    /** A request of which nobody knows who sent it. */
    void refused(HttpServletRequest request, String why) {
        LOG.warn(
                "{} from {}: {} {} refused: {}",
                NOBODY,
                request.getRemoteAddr(),
                request.getMethod(),
                request.getRequestURI(),
                why);
    }

    /** The highest one; empty for a caller without any. */
    private static String role(@Nullable Authentication caller) {
        return caller == null
                ? ""
                : Arrays.stream(Role.values())
                        .filter(role -> caller.getAuthorities().containsAll(role.authorities()))
                        .reduce((_, higher) -> higher)
                        .map(Role::word)
                        .orElse("");
    }
}
