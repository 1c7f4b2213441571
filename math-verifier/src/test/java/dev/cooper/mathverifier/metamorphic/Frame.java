package dev.cooper.mathverifier.metamorphic;

import java.util.List;
import java.util.random.RandomGenerator;

/** A completion around an answer. */
enum Frame {
    BOX("Putting the parts together, we get \\boxed{%s}."),
    BOX_IN_DOLLARS("There are 2 cases to look at. Both lead to the same value, so the answer is $\\boxed{%s}$."),
    BOX_DISPLAYED("Hence\n\\[\n\\boxed{%s}\n\\]\nas claimed."),
    BOX_AFTER_THOUGHTS("<think>\nTry 7 first. No, 7 fails at step 3.\n</think>\n\nThe result is\n$$\\boxed{ %s }$$"),
    PROMPTED("Final Answer: The final answer is $%s$. I hope it is correct."),
    PHRASE("After 3 steps nothing is left. The answer is $%s$."),
    LABEL("**Step 1.** Simplify.\n\n**Answer:** $%s$"),
    DOLLARS("$%s$"),
    BARE("%s");

    private static final List<Frame> ALL = List.of(values());
    private static final List<Frame> BOXES = List.of(BOX, BOX_IN_DOLLARS, BOX_DISPLAYED, BOX_AFTER_THOUGHTS);

    private final String format;

    Frame(String format) {
        this.format = format;
    }

    String around(String answer) {
        return format.formatted(answer);
    }

    /** One by chance; only boxes for answers that hold words or dollars, as those are no plain mathematics. */
    static Frame any(RandomGenerator random, String answer) {
        boolean prose = answer.contains("$") || AnswerText.hasWords(answer);
        List<Frame> frames = prose ? BOXES : ALL;
        return frames.get(random.nextInt(frames.size()));
    }
}
