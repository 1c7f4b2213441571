package dev.cooper.modelruntime.service;

import dev.cooper.modelruntime.trainer.TrainableModelFactory;
import dev.cooper.proto.v1.ModelKind;

/** What a service's trainer trains. */
public record TrainedModels(ModelKind kind, TrainableModelFactory factory) {}
