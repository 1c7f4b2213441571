package dev.cooper.cli.command;

import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.follow.RunFollower;
import java.time.Clock;

/** Shows a run on the standard output until it ends. */
final class Following {
    private Following() {}

    /** Follows; the result is the exit status: 0 for a completed run, 1 for any other end. */
    static int toTheEnd(CooperClient client, String runId) {
        RunView ended = new RunFollower(client, System.out, Clock.systemUTC(), RunFollower.isTerminal()).follow(runId);
        return ended.isCompleted() ? 0 : 1;
    }
}
