package dev.cooper.languagemodel;

import dev.cooper.languagemodel.config.Architecture;
import dev.cooper.languagemodel.config.Biases;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.RopeScaling;
import java.util.List;

/** The sizes of {@link TestingModels} in each family, with and without what is optional in it. */
public final class TestingArchitectures {
    private TestingArchitectures() {}

    public static List<ModelConfig> all() {
        ModelConfig tied = TestingModels.tinyConfig(true);
        ModelConfig untied = TestingModels.tinyConfig(false);
        return List.of(
                tied,
                tied.as(Architecture.QWEN3, Biases.NONE, RopeScaling.NONE),
                untied.as(Architecture.QWEN3, new Biases(true, true, false), RopeScaling.NONE),
                tied.as(Architecture.LLAMA, Biases.NONE, new RopeScaling.Llama3(8, 1, 4, 16)),
                untied.as(Architecture.LLAMA, new Biases(true, true, true), new RopeScaling.Linear(2)));
    }
}
