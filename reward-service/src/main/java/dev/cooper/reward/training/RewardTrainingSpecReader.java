package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.Fields.Range;
import dev.cooper.platform.spec.SearchPath;
import dev.cooper.platform.spec.SpecDocument;
import dev.cooper.reward.training.RewardTrainingSpec.Data;
import dev.cooper.reward.training.RewardTrainingSpec.Evaluation;
import dev.cooper.reward.training.RewardTrainingSpec.Optimisation;
import dev.cooper.reward.training.RewardTrainingSpec.Schedule;
import dev.cooper.reward.training.RewardTrainingSpec.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the specification of a reward model's training from YAML or JSON: its fields, and whether the files that it
 * names are there. All problems come in one {@link BadInputException}.
 */
public final class RewardTrainingSpecReader {

    private static final int MANY = 1_000_000;
    private static final int CUT_OVER = RewardInput.Cut.STANDARD.over();
    private static final Path NONE = Path.of("");

    private final SearchPath folders;

    /** @param folders in which a relative path is looked for, in this order */
    public RewardTrainingSpecReader(List<Path> folders) {
        this(new SearchPath(folders));
    }

    public RewardTrainingSpecReader(SearchPath folders) {
        this.folders = folders;
    }

    public RewardTrainingSpec readYaml(String text) {
        return read(SpecDocument.yaml(text));
    }

    public RewardTrainingSpec readJson(String text) {
        return read(SpecDocument.json(text));
    }

    /** Reads a document that is parsed already. */
    public RewardTrainingSpec read(JsonNode document) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields top = new Fields(document, "", problems);
        Start start = start(top.object("start"));
        long seed = top.whole("seed", 1L, Long.MIN_VALUE, Long.MAX_VALUE);
        Data data = data(top.object("data"));
        RewardInput input = input(top);
        Optimisation optimisation = optimisation(top.object("training"));
        Evaluation evaluation = evaluation(top.object("evaluation"));
        top.refuseUnknown();
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return new RewardTrainingSpec(start, seed, data, input, optimisation, evaluation);
    }

    private Start start(Fields fields) {
        boolean base = fields.has("base");
        boolean model = fields.has("reward_model");
        if (base == model) {
            fields.problem(
                    base ? "reward_model" : "base",
                    base
                            ? "stands beside base: give base, a language model that gets a new head, or reward_model,"
                                    + " which learns on"
                            : "is missing: give the folder of a language model, which gets a new head; or give"
                                    + " reward_model, which learns on");
            fields.text("base", "");
            fields.text("reward_model", "");
            fields.refuseUnknown();
            return new Start.Base(NONE);
        }
        String key = base ? "base" : "reward_model";
        Path folder = folders.model(fields, key);
        fields.refuseUnknown();
        return base ? new Start.Base(folder) : new Start.HeadedModel(folder);
    }

    private Data data(Fields fields) {
        List<Path> train = files(fields, "train");
        if (train.isEmpty() && fields.isClean("train")) {
            fields.problem("train", "is missing: give a list of files of labelled completions, such as [kept.jsonl]");
        }
        List<Path> validation = files(fields, "validation");
        if (!validation.isEmpty() && fields.has("validation_share")) {
            fields.problem("validation_share", "is not used beside validation, whose files are all of it; drop one");
        }
        double share = fields.number("validation_share", 0.1, new Range(0, false, 1, false));
        List<Path> test = files(fields, "test");
        fields.refuseUnknown();
        return new Data(train, validation, share, test);
    }

    private List<Path> files(Fields fields, String key) {
        List<Path> files = new ArrayList<>();
        for (String given : fields.texts(key, List.of())) {
            Path file = folders.resolve(fields, key, given);
            if (fields.isClean(key) && !Files.isRegularFile(file)) {
                fields.problem(key, "there is no file " + file);
            }
            files.add(file);
        }
        return files;
    }

    private static RewardInput input(Fields top) {
        String template = top.text("template", RewardInput.STANDARD.template());
        Fields cut = top.object("cut");
        int over = cut.whole("over", CUT_OVER, 1, Integer.MAX_VALUE);
        int first = cut.whole("first", RewardInput.Cut.STANDARD.first(), 0, Integer.MAX_VALUE);
        int last = cut.whole("last", RewardInput.Cut.STANDARD.last(), 0, Integer.MAX_VALUE);
        cut.refuseUnknown();
        RewardInput.Cut kept = RewardInput.Cut.STANDARD;
        try {
            kept = new RewardInput.Cut(over, first, last);
        } catch (IllegalArgumentException e) {
            top.problem("cut", String.valueOf(e.getMessage()));
        }
        try {
            return new RewardInput(template, kept);
        } catch (IllegalArgumentException e) {
            top.problem("template", String.valueOf(e.getMessage()));
            return RewardInput.STANDARD;
        }
    }

    private static Optimisation optimisation(Fields fields) {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        schedules.put("constant", Schedule.CONSTANT);
        schedules.put("cosine", Schedule.COSINE);
        Optimisation optimisation = new Optimisation(
                fields.whole("epochs", 3, 1, MANY),
                fields.whole("batch_size", 64, 1, MANY),
                fields.number("learning_rate", 2e-5, Range.above(0, 1)),
                fields.choice("schedule", Schedule.CONSTANT, schedules),
                fields.whole("warmup_steps", 0, 0, MANY),
                fields.number("weight_decay", 0.01, Range.of(0, 1)),
                fields.number("max_gradient_norm", 1, Range.above(0, 1000)),
                fields.whole("micro_batch_tokens", 8192, 1, Integer.MAX_VALUE),
                fields.flag("activation_checkpointing", false),
                fields.whole("checkpoint_every", 100, 1, MANY));
        fields.refuseUnknown();
        return optimisation;
    }

    private static Evaluation evaluation(Fields fields) {
        Evaluation evaluation = new Evaluation(
                fields.whole("every", 100, 1, MANY),
                fields.whole("patience", 5, 0, MANY),
                fields.number("least_gain", 0, Range.below(0, 1)));
        fields.refuseUnknown();
        return evaluation;
    }
}
