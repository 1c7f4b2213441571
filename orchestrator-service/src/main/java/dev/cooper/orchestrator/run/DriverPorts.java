package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.ModelKind;
import java.time.Clock;

/** All that a driver works with outside of itself. */
public record DriverPorts(
        RunLedger ledger,
        ClosedGroups log,
        Trainer policyTrainer,
        Trainer rewardTrainer,
        Prompts prompts,
        StepArchive archive,
        StartCheck startCheck,
        TopicNames topics,
        Clock clock) {

    Trainer trainer(ModelKind kind) {
        return kind == ModelKind.REWARD ? rewardTrainer : policyTrainer;
    }
}
