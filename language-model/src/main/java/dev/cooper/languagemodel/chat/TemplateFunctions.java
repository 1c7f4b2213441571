package dev.cooper.languagemodel.chat;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** The functions that Jinja and Transformers give to chat templates. */
final class TemplateFunctions {
    private static final long LONGEST_RANGE = 100_000; // Jinja's sandbox has this limit

    private TemplateFunctions() {}

    /** What a template throws at a conversation that its model cannot read. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    static Map<String, Value> all(Clock clock) {
        Map<String, Value> functions = new LinkedHashMap<>();
        functions.put("raise_exception", (Value.Function) arguments -> {
            throw new Refusal(arguments.atMost(1).requireText(0, "message"));
        });
        functions.put("strftime_now", (Value.Function) arguments -> Value.of(
                Strftime.format(ZonedDateTime.now(clock), arguments.atMost(1).requireText(0, "format"))));
        functions.put(
                "namespace", (Value.Function) arguments -> new Value.Namespace(new LinkedHashMap<>(arguments.named())));
        functions.put("dict", (Value.Function) arguments -> new Value.Dict(new LinkedHashMap<>(arguments.named())));
        functions.put("range", (Value.Function) TemplateFunctions::range);
        return functions;
    }

    private static Value range(Arguments arguments) {
        long first = Operations.index(arguments.atMost(3).require(0, "stop"));
        long start = arguments.whole(1, "stop").isPresent() ? first : 0;
        long stop = arguments.whole(1, "stop").orElse(first);
        long step = arguments.whole(2, "step").orElse(1L);
        if (step == 0) {
            throw new TemplateFault("the step of a range must not be 0");
        }
        long count = Math.max(0, Math.ceilDiv(stop - start, step));
        if (count > LONGEST_RANGE) {
            throw new TemplateFault("a range of %d numbers is too long".formatted(count));
        }
        return new Value.Items(LongStream.range(0, count)
                .<Value>mapToObj(i -> Value.of(start + i * step))
                .toList());
    }
}
