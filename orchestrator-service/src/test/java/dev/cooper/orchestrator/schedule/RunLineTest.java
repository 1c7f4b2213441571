package dev.cooper.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.TestRuns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunLineTest {

    private static Run run(String id, RunState state) {
        return TestRuns.in(TestRuns.queued(id, "/data/train.jsonl"), state);
    }

    @Test
    void activeRunGoesBeforeOlderOnesThatWait() {
        Run old = run("old", RunState.QUEUED);
        Run active = run("active", RunState.PAUSED);

        assertThat(RunLine.current(List.of(run("done", RunState.FAILED), old, active)))
                .contains(active);
    }

    @Test
    void oldestThatWaitsComesNext() {
        Run first = run("first", RunState.QUEUED);

        assertThat(RunLine.current(List.of(run("done", RunState.COMPLETED), first, run("second", RunState.QUEUED))))
                .contains(first);
        assertThat(RunLine.current(List.of(run("done", RunState.CANCELLED)))).isEmpty();
    }

    @Test
    void queuedRunSaysBehindWhomItWaits() {
        Run active = run("active", RunState.RUNNING);
        Run second = run("second", RunState.QUEUED);
        Run third = run("third", RunState.QUEUED);
        List<Run> all = List.of(active, second, third);

        assertThat(RunLine.behindWhom(active, all)).isEmpty();
        assertThat(RunLine.behindWhom(second, all)).isEqualTo("waits behind run active (a run), which is RUNNING");
        assertThat(RunLine.behindWhom(third, all))
                .isEqualTo("waits behind run active (a run), which is RUNNING, and 1 more");
        assertThat(RunLine.behindWhom(second, List.of(second, third))).isEmpty();
    }

    @Test
    void quickTicksThatChangeNothingComeSlowerAndSlower() {
        Pace pace = new Pace();
        Duration quick = Duration.ofMillis(1);

        assertThat(pace.after(false, quick)).isEqualTo(Duration.ofMillis(1));
        assertThat(pace.after(false, quick)).isEqualTo(Duration.ofMillis(2));
        for (int i = 0; i < 20; i++) {
            assertThat(pace.after(false, quick)).isLessThanOrEqualTo(Duration.ofMillis(200));
        }
        assertThat(pace.after(true, quick)).isZero();
        pace.after(false, quick);
        assertThat(pace.after(false, Duration.ofMillis(200))).isZero();
    }
}
