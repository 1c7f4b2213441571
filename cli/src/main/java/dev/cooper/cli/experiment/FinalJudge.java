package dev.cooper.cli.experiment;

import dev.cooper.cli.evaluation.EvaluationFolder;
import dev.cooper.cli.evaluation.Evaluator;
import dev.cooper.cli.evaluation.LabelledSet;
import dev.cooper.cli.evaluation.ProblemSet;
import dev.cooper.cli.evaluation.Protocol;
import dev.cooper.cli.evaluation.RewardFigures;
import dev.cooper.cli.evaluation.SetResult;
import dev.cooper.cli.experiment.Experiment.Draw;
import dev.cooper.cli.experiment.Experiment.FinalEvaluation;
import dev.cooper.cli.experiment.RunRecord.Probe;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardInput.Cut;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.sampling.StopStrings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Judges the models that runs end with, all of them alike. Thread-safe. */
final class FinalJudge {
    private static final int ROWS = 256;
    private static final int TOKEN_BUDGET = 8192;

    private final FinalEvaluation evaluation;
    private final ExperimentFolder folder;
    private final List<ProblemSet> sets = new ArrayList<>();
    private final Optional<LabelledSet> probe;

    FinalJudge(FinalEvaluation evaluation, ExperimentFolder folder) throws IOException {
        this.evaluation = evaluation;
        this.folder = folder;
        for (Path file : evaluation.data()) {
            sets.add(ProblemSet.read(file, evaluation.limit()));
        }
        this.probe = evaluation.probe().map(file -> LabelledSet.read("final.probe", file));
    }

    /** By each way to draw, the figures of each set. What was sampled before a stop is not sampled again. */
    Map<String, List<SetResult>> judge(PlannedRun run, Path model) throws IOException {
        Map<String, List<SetResult>> results = new LinkedHashMap<>();
        try (LanguageModel loaded = LanguageModel.load(model)) {
            for (Draw draw : evaluation.draws()) {
                results.put(draw.name(), judge(run, model, loaded, draw));
            }
        }
        return results;
    }

    private List<SetResult> judge(PlannedRun run, Path model, LanguageModel loaded, Draw draw) throws IOException {
        Protocol protocol = new Protocol(
                draw.samples(),
                draw.temperature(),
                draw.topP(),
                draw.maxNewTokens(),
                run.arm().promptTemplate(),
                false,
                "float32",
                // Each seed has its own samples, so that the spread over seeds has the spread of sampling in it.
                run.seed());
        EvaluationFolder samples =
                EvaluationFolder.open(folder.evaluation(run, draw.name()), model, loaded.checksum(), protocol, sets);
        Evaluator evaluator = new Evaluator(
                loaded,
                Optional.empty(),
                protocol,
                new SamplingSettings(
                        draw.temperature(), draw.topP(), 0, draw.maxNewTokens(), new StopStrings(List.of())),
                new SamplerLimits(ROWS, loaded.network().config().maxPositions(), false));
        List<SetResult> results = new ArrayList<>();
        for (ProblemSet set : sets) {
            results.add(evaluator.evaluate(set, samples, (_, _, _) -> {}));
        }
        samples.writeResults(results);
        return results;
    }

    boolean hasProbe() {
        return probe.isPresent();
    }

    /** @param reward section of the run's specification, with all defaults */
    Probe probe(Path model, JsonNode reward) throws IOException {
        JsonNode cut = reward.path("cut");
        RewardInput input = new RewardInput(
                reward.path("template").asString(""),
                new Cut(
                        cut.path("over").asInt(),
                        cut.path("first").asInt(),
                        cut.path("last").asInt()));
        try (RewardModel loaded = RewardModel.load(model)) {
            ScoreQuality quality = Objects.requireNonNull(
                            RewardFigures.of(loaded, input, probe.orElseThrow(), TOKEN_BUDGET, Optional.empty())
                                    .get(""))
                    .model();
            return new Probe(
                    quality.examples(),
                    quality.accuracy(),
                    quality.standardError(),
                    quality.auc().orElse(Double.NaN),
                    quality.calibrationError());
        }
    }
}
