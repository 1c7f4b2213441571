package dev.cooper.reward.annotation;

/**
 * Names a completion: no call is made twice for one.
 *
 * @param problem its id
 * @param source name of the model in the specification
 * @param sample which of the problem's, from 0
 */
record CompletionKey(String problem, String source, int sample) {}
