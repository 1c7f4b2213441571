package dev.cooper.orchestrator.run;

/**
 * State of a step.
 *
 * <pre>
 * from              to                when
 * -                 SAMPLING          prompts are dispatched
 * -, SAMPLING       ROLLING_BACK      the run's user has asked for earlier weights
 * ROLLING_BACK      SAMPLING          the trainers hold them, under new numbers; prompts are dispatched
 * SAMPLING          TRAINING_POLICY   every group has closed; the manifest is frozen in the same transaction
 * TRAINING_POLICY   SAMPLING          a replay gave other bytes (recovery continue): the groups are void
 * TRAINING_POLICY   PAIRING           the policy is updated (mode cooper)
 * TRAINING_POLICY   COMMITTED         the policy is updated (modes rule and static)
 * PAIRING           TRAINING_REWARD   every pair is there or has its reason; their manifest is frozen
 * TRAINING_REWARD   COMMITTED         the reward model is updated
 * COMMITTED         EVALUATING        an evaluation is due; held-out prompts are dispatched
 * EVALUATING        EVALUATED         every held-out group has closed
 * </pre>
 *
 * Step 0 trains nothing: it begins at COMMITTED and holds the evaluation of the initial policy. A run that fails leaves
 * its step in the state that it failed in.
 */
public enum StepState {
    ROLLING_BACK,
    SAMPLING,
    TRAINING_POLICY,
    PAIRING,
    TRAINING_REWARD,
    COMMITTED,
    EVALUATING,
    EVALUATED
}
