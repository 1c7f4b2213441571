package dev.cooper.cli.replay;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steps from one to another, both included.
 *
 * @param last {@link Long#MAX_VALUE} for as far as the archive goes
 */
public record StepRange(long first, long last) {
    /** All that the archive has. */
    public static final StepRange ALL = new StepRange(1, Long.MAX_VALUE);

    private static final Pattern TEXT = Pattern.compile("(?<first>\\d{1,9})?(?:(?<to>\\.\\.)(?<last>\\d{1,9})?)?");

    public StepRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "--steps %s..%s: steps count from 1, and the first is not after the last".formatted(first, last));
        }
    }

    /**
     * Reads {@code 3..20}, {@code 3..}, {@code ..20} or {@code 3}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static StepRange parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches() || (parts.group("first") == null && parts.group("last") == null)) {
            throw new IllegalArgumentException("--steps must be like 3..20, 3.., ..20 or 3, not '" + text + "'");
        }
        long first = parts.group("first") == null ? 1 : Long.parseLong(parts.group("first"));
        if (parts.group("to") == null) {
            return new StepRange(first, first);
        }
        return new StepRange(first, parts.group("last") == null ? Long.MAX_VALUE : Long.parseLong(parts.group("last")));
    }

    /**
     * The steps of the range, without a gap.
     *
     * @param archived in their order
     * @throws IllegalArgumentException if the archive lacks one of them
     */
    List<Long> of(List<Long> archived) {
        List<Long> chosen =
                archived.stream().filter(step -> step >= first && step <= last).toList();
        if (archived.isEmpty()) {
            throw new IllegalArgumentException("the archive has no step of the run yet");
        }
        if (chosen.isEmpty() || chosen.getFirst() != first || (last != Long.MAX_VALUE && chosen.getLast() != last)) {
            throw new IllegalArgumentException("--steps: the archive has steps %d to %d of the run; name a part of them"
                    .formatted(archived.getFirst(), archived.getLast()));
        }
        for (int i = 0; i < chosen.size(); i++) {
            if (chosen.get(i) != first + i) {
                throw new IllegalArgumentException(
                        "the archive lacks step %d: put it back from a backup, or leave it out with --steps"
                                .formatted(first + i));
            }
        }
        return chosen;
    }
}
