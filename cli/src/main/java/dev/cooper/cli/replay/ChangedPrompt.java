package dev.cooper.cli.replay;

/**
 * What another reward changes at one problem, over all the groups that it had.
 *
 * @param signChanges completions whose advantage changes sign
 * @param advantageChangeMean over its completions
 * @param example the completion whose advantage moves furthest
 */
public record ChangedPrompt(
        String problemId,
        String question,
        String reference,
        long groups,
        long completions,
        long signChanges,
        double advantageChangeMean,
        ComparedCompletion example) {}
