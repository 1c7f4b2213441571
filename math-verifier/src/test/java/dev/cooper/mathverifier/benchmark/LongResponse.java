package dev.cooper.mathverifier.benchmark;

/** Kinds of long completions. */
enum LongResponse {
    /** Steps with numbers and formulas, a box at the end. */
    STEPS_AND_A_BOX("Step 12: we add $\\frac{3}{4}$ to 3.5, so $x = 3.5 + 0.75$ and we go on. ", "\\boxed{4.25}"),
    /** The same without any mark on the answer. */
    STEPS_WITHOUT_A_BOX("Step 12: we add $\\frac{3}{4}$ to 3.5, so $x = 3.5 + 0.75$ and we go on. ", "That is $4.25$"),
    /** The same answer boxed over and over. */
    MANY_BOXES("So it is $\\boxed{4.25}$. Wait, let me check that again. ", "\\boxed{4.25}"),
    /** Thoughts without an end. */
    MANY_PHRASES("The answer is 4. No, wait, the answer is 5. Let me think. ", "The answer is 4.25"),
    /** Braces that never close. */
    OPEN_BRACES("{{{{{{{{{{", "\\boxed{4.25}"),
    /** Boxes that never close. */
    OPEN_BOXES("\\boxed{", "4.25"),
    /** Spaces. */
    SPACES("          ", "\\boxed{4.25}"),
    /** Dollars that open and close nothing. */
    DOLLARS("$ $ $$ $ ", "\\boxed{4.25}");

    private final String step;
    private final String end;

    LongResponse(String step, String end) {
        this.step = step;
        this.end = end;
    }

    String ofLength(int length) {
        return step.repeat(length / step.length()) + end;
    }
}
