package dev.cooper.cli.follow;

import dev.cooper.cli.client.RunEventView;

/** Shows where a run is. */
sealed interface Display extends AutoCloseable permits PlainDisplay, TerminalDisplay {

    /**
     * Shows where the run is now.
     *
     * @param event has been folded into the progress already
     */
    void show(RunProgress progress, RunEventView event);

    /** A line that stays. */
    void note(String text);

    /** Leaves the last state visible. */
    @Override
    void close();
}
