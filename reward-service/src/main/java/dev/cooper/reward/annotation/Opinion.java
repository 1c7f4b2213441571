package dev.cooper.reward.annotation;

/** What a judge says of a completion. */
public enum Opinion {
    YES,
    NO,
    /** Neither, as far as its reply can be read. */
    UNCLEAR
}
