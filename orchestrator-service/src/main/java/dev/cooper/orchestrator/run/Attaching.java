package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainerState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attaches trainers, and tells once what people should know of them, such as a damaged checkpoint passed over. */
final class Attaching {

    private final DriverPorts ports;
    private final Journal journal;
    private final Set<String> told = new HashSet<>();

    Attaching(DriverPorts ports, Journal journal) {
        this.ports = ports;
        this.journal = journal;
    }

    /** What the trainer holds. */
    ModelRef attach(Run run, AttachRequest request) {
        TrainerState state = ports.trainer(request.getKind()).attach(request);
        List<String> warnings =
                state.getWarningsList().stream().filter(told::add).toList();
        if (!warnings.isEmpty()) {
            RunEvent event = journal.event(
                    run, "TrainerWarned", Map.of("model", Replay.name(request.getKind()), "warnings", warnings));
            journal.tell(run, List.of(event), List.of());
        }
        return state.getVersion();
    }
}
