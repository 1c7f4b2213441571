package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.TrainerState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A run begins: its trainers load the initial models, whose checksums are frozen in the run's row. */
final class Preparing {

    private final DriverPorts ports;
    private final Journal journal;
    private final Steering steering;
    private final Watchdog watchdog;

    Preparing(DriverPorts ports, Journal journal, Steering steering, Watchdog watchdog) {
        this.ports = ports;
        this.journal = journal;
        this.steering = steering;
        this.watchdog = watchdog;
    }

    Tick begin(Run run) {
        ports.startCheck().check(run.spec());
        Run preparing = run.in(RunState.PREPARING, "");
        return journal.commit(preparing, List.of(journal.event(preparing, "RunPreparing", Map.of())), List.of());
    }

    Tick attachInitialModels(Run run) {
        TrainerState policy = attach(run, ModelKind.POLICY);
        Optional<TrainerState> reward = run.rewardModel().map(_ -> attach(run, ModelKind.REWARD));
        Optional<TrainerState> begun =
                Optional.of(policy).filter(Preparing::hasBegun).or(() -> reward.filter(Preparing::hasBegun));
        if (begun.isPresent()) {
            return steering.fail(run, anotherRuns(run, begun.get()));
        }
        Instant now = journal.now();
        Run prepared = run.prepared(policy.getVersion(), reward.map(TrainerState::getVersion), now);
        Step step =
                Step.initial(prepared, reward.map(TrainerState::getMetricsMap).orElse(Map.of()), now);
        RunEvent started = journal.event(prepared, "RunStarted", inWords(policy, reward));
        return journal.commit(prepared, step, List.of(started), List.of(Announcements.control(prepared, step)));
    }

    private TrainerState attach(Run run, ModelKind kind) {
        watchdog.show(RunProgress.of(run, run.state().name(), Services.trainer(kind)));
        return ports.trainer(kind).attach(TrainerCalls.attach(run, kind));
    }

    private static boolean hasBegun(TrainerState state) {
        return state.getVersion().getNumber() != 0;
    }

    private static String anotherRuns(Run run, TrainerState state) {
        String kind = state.getKind().name().toLowerCase(Locale.ROOT);
        return "the " + kind + " trainer holds version " + state.getVersion().getNumber()
                + " of a run that has not begun; the folder checkpoints/" + run.id() + "/" + kind
                + " is of another installation: move it away";
    }

    private static Map<String, Object> inWords(TrainerState policy, Optional<TrainerState> reward) {
        Map<String, Object> data = new TreeMap<>();
        data.put("initial_checksum", policy.getInitialChecksum());
        data.put("parameters", policy.getParameters());
        reward.ifPresent(state -> {
            data.put("reward_initial_checksum", state.getInitialChecksum());
            data.put("reward_parameters", state.getParameters());
        });
        return data;
    }
}
