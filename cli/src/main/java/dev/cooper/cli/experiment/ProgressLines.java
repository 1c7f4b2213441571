package dev.cooper.cli.experiment;

/** Where progress is told, a line each time. */
@FunctionalInterface
public interface ProgressLines {
    void say(String line);
}
