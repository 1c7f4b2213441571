package dev.cooper.orchestrator.hacking;

import java.util.Optional;

/**
 * Somebody beside the rule, such as an LLM judge, whom an example is shown to: the rule has false rejects of its own.
 * Asked whenever examples are read, so it keeps what it has said; one that is slow says nothing the first time.
 */
@FunctionalInterface
public interface SecondOpinion {

    /** Has no opinion of anything. */
    SecondOpinion NONE = _ -> Optional.empty();

    /** Whether the completion is right after all; empty when this judge does not know, or not yet. */
    Optional<Boolean> isRight(Example example);
}
