package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import java.util.Optional;

/** One step of the ladder: a rule for two answers of certain forms. */
interface Rung {

    /** The outcome, or nothing where the two are not of the forms that this rung knows. */
    Optional<Comparison> compare(Node reference, Node answer, Comparer comparer);
}
