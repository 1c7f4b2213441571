package dev.cooper.orchestrator.webhook;

/** What came of an attempt. */
sealed interface Delivery {

    record Done() implements Delivery {}

    /** It may work later. */
    record Failed(String why) implements Delivery {}

    /** It will never work: the other side understood, and does not want it. */
    record Refused(String why) implements Delivery {}
}
