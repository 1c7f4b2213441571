package dev.cooper.mathverifier.fuzz;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.IncorrectReason;
import dev.cooper.mathverifier.UnscorableReason;
import dev.cooper.mathverifier.Verdict;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What holds for every text. Each law throws an {@link AssertionError} that shows the texts if it is broken. */
final class Laws {
    private static final AnswerChecker CHECKER = new AnswerChecker();

    /**
     * Decimals are compared at the digits that the reference states, and several boxes are one list in a reference
     * only: there the sides are not alike.
     */
    private static final List<String> ONE_SIDED = List.of(".", "%", "box");

    private static final Set<IncorrectReason> NOT_COMPARED = Set.of(
            IncorrectReason.NO_ANSWER,
            IncorrectReason.UNREADABLE_ANSWER,
            IncorrectReason.TRUNCATED,
            IncorrectReason.SEVERAL_ANSWERS);

    private Laws() {}

    /** A text is read without failing, twice in the same way, and equals no reference that was drawn independently. */
    static void aCompletionEqualsNoRandomReference(String completion) {
        String reference = randomReference(completion);
        Verdict verdict = sameTwice(reference, completion);
        require(!(verdict instanceof Verdict.Correct), "equals an unrelated reference", reference, completion, verdict);
    }

    /** A reference is read without failing, and its own text is never found to have another value. */
    static void aReferenceDoesNotDifferFromItself(String reference) {
        CompiledReference compiled = CHECKER.forReference(reference);
        compiled.problem()
                .ifPresent(problem ->
                        require(problem.reason() != UnscorableReason.VERIFIER_FAULT, "fails", reference, "", problem));
        if (compiled.problem().isEmpty()) {
            String own = "\\boxed{" + compiled.answer() + "}";
            Verdict verdict = compiled.check(own);
            require(
                    !(verdict instanceof Verdict.Incorrect incorrect)
                            || incorrect.reason() != IncorrectReason.DIFFERENT_VALUE,
                    "differs from itself",
                    reference,
                    own,
                    verdict);
        }
        aCompletionEqualsNoRandomReference("\\boxed{" + reference + "}");
    }

    /**
     * Two answers are compared without failing, twice in the same way, and alike whichever of them is the reference.
     */
    static void comparingIsSymmetric(String one, String other) {
        // In a box on either side, so that a brace too many ends both of them.
        Verdict there = sameTwice(boxed(one), boxed(other));
        Verdict back = sameTwice(boxed(other), boxed(one));
        if (ONE_SIDED.stream().noneMatch(part -> one.contains(part) || other.contains(part))) {
            require(
                    !contradict(there, back) && !contradict(back, there),
                    "other verdict when exchanged",
                    one,
                    other,
                    back);
        }
    }

    private static boolean contradict(Verdict there, Verdict back) {
        return there instanceof Verdict.Correct
                && back instanceof Verdict.Incorrect incorrect
                && !NOT_COMPARED.contains(incorrect.reason());
    }

    private static Verdict sameTwice(String reference, String completion) {
        Verdict first = CHECKER.check(reference, completion);
        require(
                !(first instanceof Verdict.Unscorable unscorable)
                        || unscorable.reason() != UnscorableReason.VERIFIER_FAULT,
                "fails",
                reference,
                completion,
                first);
        Verdict second = CHECKER.check(reference, completion);
        require(first.equals(second), "is not deterministic", reference, completion, second);
        return first;
    }

    /** Drawn with a hash of the text as seed: a fuzzer cannot come closer to it step by step. */
    private static String randomReference(String text) {
        long seed = 0xcbf29ce484222325L;
        for (int at = 0; at < text.length(); at++) {
            seed = (seed ^ text.charAt(at)) * 0x100000001b3L;
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long a = random.nextLong(100_000_000_000L, 1_000_000_000_000L);
        long b = random.nextLong(100_000_000_000L, 1_000_000_000_000L);
        return switch (random.nextInt(8)) {
            case 0 -> "-" + a;
            case 1 -> "\\frac{" + a + "}{" + b + "}";
            case 2 -> a + "x^{3}-\\sqrt{" + b + "}y";
            case 3 -> "(" + a + "," + b + ")";
            case 4 -> "[-" + a + ",\\infty)";
            case 5 -> "\\{" + a + ", -" + b + "\\}";
            case 6 -> "y=" + a + "x+" + b;
            default -> a + "\\sqrt{" + b + "}+\\pi";
        };
    }

    private static String boxed(String answer) {
        return "\\boxed{" + answer + "}";
    }

    private static void require(boolean holds, String broken, String reference, String completion, Verdict verdict) {
        if (!holds) {
            throw new AssertionError("%s: reference '%s', completion '%s', %s"
                    .formatted(broken, reference, completion, verdict.explanation()));
        }
    }
}
