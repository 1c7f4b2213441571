package dev.cooper.simulation;

/** A process dies here. Nothing in the product catches it as anything else. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super(where);
    }
}
