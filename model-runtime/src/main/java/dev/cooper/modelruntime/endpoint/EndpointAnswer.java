package dev.cooper.modelruntime.endpoint;

import dev.cooper.platform.failure.CooperException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** What came of asking an endpoint once. */
sealed interface EndpointAnswer {

    /** Waits of more digits are beyond any bound, and are not looked at. */
    Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** A text, which may be empty. */
    record Written(ChatText text) implements EndpointAnswer {}

    /** The same request would be refused again. */
    record Refused(CooperException failure) implements EndpointAnswer {}

    /**
     * It may be better next time.
     *
     * @param problem what the endpoint did, as the rest of a sentence
     * @param waitFor what the endpoint asks for
     */
    record Busy(String problem, Optional<Duration> waitFor) implements EndpointAnswer {

        static Busy unreachable(IOException broken) {
            String what = broken.getMessage() == null
                    ? broken.getClass().getSimpleName()
                    : broken.getClass().getSimpleName() + ": " + broken.getMessage();
            return new Busy("cannot be reached (" + what + ")", Optional.empty());
        }
    }

    static EndpointAnswer of(HttpResponse<String> response, EndpointOptions options, Clock clock) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return written(response.body(), options);
        }
        String said = "answered " + status + " (" + ChatMessages.excerpt(options.withoutKey(response.body())) + ")";
        EndpointNames names = options.names();
        return switch (status) {
            case 408, 425, 429 -> new Busy(said, retryAfter(response, clock));
            case 401, 403 ->
                refused(
                        options,
                        "api-key",
                        said,
                        names.keyFix() + " to a key that may use the model " + options.model());
            case 404, 405, 410 ->
                refused(
                        options,
                        "url",
                        said,
                        "check " + names.of("url") + " (is " + options.url() + ") and " + names.of("model") + " (is "
                                + options.model() + ")");
            default ->
                status >= 500
                        ? new Busy(said, retryAfter(response, clock))
                        : refused(
                                options,
                                "model",
                                said,
                                "check " + names.of("model") + " (is " + options.model() + "), " + names.temperature()
                                        + " and " + names.length() + " against what it takes");
        };
    }

    private static EndpointAnswer written(String body, EndpointOptions options) {
        try {
            return new Written(ChatMessages.answer(body, options.names()));
        } catch (CooperException e) {
            return new Refused(new CooperException(e.reason(), options.withoutKey(e.detail())));
        }
    }

    private static Refused refused(EndpointOptions options, String part, String said, String fix) {
        EndpointNames names = options.names();
        return new Refused(CooperException.badInput(names.of(part), names.endpoint() + " " + said + ": " + fix));
    }

    /** Seconds, or a date as RFC 9110 has them; nothing when it is neither. */
    private static Optional<Duration> retryAfter(HttpResponse<String> response, Clock clock) {
        return response.headers()
                .firstValue("Retry-After")
                .map(String::strip)
                .flatMap(text -> SECONDS.matcher(text).matches()
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                        : untilDate(text, clock.instant()));
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(now, date.toInstant())).filter(wait -> !wait.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
