package dev.cooper.platform.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/**
 * Says in every line that this thread logs what it works on: {@value #RUN}, {@value #STEP}, {@value #SLOT} of the log's
 * context (MDC), which structured logs write as fields. What the context said before comes back at the end.
 */
public final class LogScope implements AutoCloseable {

    public static final String RUN = "run";
    public static final String STEP = "step";
    public static final String SLOT = "slot";

    private final List<Runnable> undo = new ArrayList<>();

    private LogScope() {}

    /** The lines are about a step. */
    public static LogScope of(String runId, long step) {
        return new LogScope().with(Map.of(RUN, runId, STEP, Long.toString(step)));
    }

    /** The lines are about a group, which the prompt's place in the step names. */
    public static LogScope of(GroupHeaders group) {
        return of(group.runId(), group.step()).with(Map.of(SLOT, Integer.toString(group.slot())));
    }

    /** The lines are about what this thread's lines are about now; for another thread to go on with. */
    public static Map<String, String> current() {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return context == null ? Map.of() : Map.copyOf(context);
    }

    /** Lines with these names and values. */
    public static LogScope of(Map<String, String> names) {
        return new LogScope().with(names);
    }

    /** Has this run at the end, before what was begun earlier ends. */
    public LogScope andAtItsEnd(Runnable action) {
        undo.addFirst(action);
        return this;
    }

    private LogScope with(Map<String, String> names) {
        names.forEach((name, value) -> {
            String before = MDC.get(name);
            MDC.put(name, value);
            undo.addFirst(() -> {
                if (before == null) {
                    MDC.remove(name);
                } else {
                    MDC.put(name, before);
                }
            });
        });
        return this;
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
        undo.clear();
    }
}
