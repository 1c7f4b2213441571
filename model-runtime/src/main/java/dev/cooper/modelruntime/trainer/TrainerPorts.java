package dev.cooper.modelruntime.trainer;

import dev.cooper.modelruntime.storage.WeightStore;
import java.time.Clock;

/** What a trainer works with. */
public record TrainerPorts(
        TrainableModelFactory models,
        ManifestReader manifests,
        WeightStore weights,
        CheckpointStore checkpoints,
        Clock clock) {}
