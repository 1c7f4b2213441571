package dev.cooper.perturbation.checking;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.Verdict;

/** Does a text answer as the reference does? */
@FunctionalInterface
public interface AnswerCheck {

    /**
     * The verdict on one text.
     *
     * @throws CooperException NO_CAPACITY or TIMEOUT if the verifier cannot be had, BAD_INPUT if it refuses the
     *     question
     * @throws InterruptedException if the thread is interrupted
     */
    Verdict check(String referenceAnswer, String text) throws InterruptedException;
}
