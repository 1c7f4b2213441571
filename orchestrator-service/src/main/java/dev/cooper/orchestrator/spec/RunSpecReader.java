package dev.cooper.orchestrator.spec;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.orchestrator.spec.RunSpec.HeldOut;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.platform.labelled.LabelledFile;
import dev.cooper.platform.spec.FileRoots;
import dev.cooper.platform.spec.SpecDocument;
import dev.cooper.proto.v1.AnchorSettings;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ProbeSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads a run specification from YAML or JSON and checks it whole: its fields, and then the files that it names. All
 * problems come in one {@link BadInputException}. Paths come back absolute and data sets pinned to their bytes.
 */
public final class RunSpecReader {

    private final Path base;
    private final FileRoots roots;
    private final DataSetCheck dataSets;

    /** @param base folder that relative paths start from; they and absolute ones may lead anywhere */
    public RunSpecReader(Path base, DataSetCheck dataSets) {
        this(base, FileRoots.anywhere(), dataSets);
    }

    /** @param roots where paths may lead */
    public RunSpecReader(Path base, FileRoots roots, DataSetCheck dataSets) {
        this.base = base.toAbsolutePath().normalize();
        this.roots = roots;
        this.dataSets = dataSets;
    }

    public RunSpec readYaml(String text) {
        return read(SpecDocument.yaml(text));
    }

    public RunSpec readJson(String text) {
        return read(SpecDocument.json(text));
    }

    /** Reads a document that is parsed already. */
    public RunSpec read(JsonNode document) {
        List<FieldProblem> problems = new ArrayList<>();
        RunSpec spec = new SpecFields(document, problems).read();
        Optional<Path> model = checkModel("policy.model", spec.policy().model(), problems);
        Optional<RunSpec.Reward> reward = spec.reward().map(given -> checkReward(given, problems));
        DataSource train = checkData("data.train", spec.data().train(), problems);
        List<HeldOut> heldout = checkHeldOut(spec.data().heldout(), problems);
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return new RunSpec(
                spec.name(),
                spec.mode(),
                spec.seed(),
                spec.steps(),
                spec.quorum(),
                spec.maxAttempts(),
                spec.recovery(),
                new RunSpec.Data(train, heldout),
                spec.prompt(),
                new RunSpec.Policy(model.orElseThrow().toString(), spec.policy().checksum()),
                spec.sampling(),
                spec.training(),
                spec.evaluation(),
                reward,
                spec.pairing(),
                spec.webhook(),
                spec.hacking());
    }

    private RunSpec.Reward checkReward(RunSpec.Reward given, List<FieldProblem> problems) {
        String model = checkModel("reward.model", given.model(), problems)
                .map(Path::toString)
                .orElse(given.model());
        return new RunSpec.Reward(
                model,
                given.checksum(),
                given.scoring(),
                given.every(),
                given.trainFrom(),
                given.trainTo(),
                given.training().map(training -> checkAnchor(training, problems)),
                given.probe().map(probe -> checkProbe(probe, problems)));
    }

    private TrainingSettings checkAnchor(TrainingSettings training, List<FieldProblem> problems) {
        if (!training.hasAnchor()) {
            return training;
        }
        AnchorSettings anchor = training.getAnchor();
        return checkLabelled("reward.training.anchor", anchor.getPath(), 0, anchor.getSha256(), problems)
                .map(found -> training.toBuilder()
                        .setAnchor(anchor.toBuilder()
                                .setPath(found.path())
                                .setSha256(found.file().sha256()))
                        .build())
                .orElse(training);
    }

    private ProbeSettings checkProbe(ProbeSettings probe, List<FieldProblem> problems) {
        return checkLabelled("reward.probe", probe.getPath(), probe.getLimit(), probe.getSha256(), problems)
                .map(found -> {
                    requireBothKinds(probe, found, problems);
                    return probe.toBuilder()
                            .setPath(found.path())
                            .setSha256(found.file().sha256())
                            .build();
                })
                .orElse(probe);
    }

    private static void requireBothKinds(ProbeSettings probe, Labelled found, List<FieldProblem> problems) {
        long kinds = found.file().examples().stream()
                .map(LabelledExample::correct)
                .distinct()
                .count();
        if (probe.getMetric().equals("auc") && kinds < 2) {
            problems.add(new FieldProblem(
                    "reward.probe.metric",
                    "is auc, which compares right examples with wrong ones, and " + found.path()
                            + " has only one kind; add examples of the other, or use accuracy"));
        }
    }

    private record Labelled(String path, LabelledFile file) {}

    /** Empty when something is wrong with it, which has been noted by then. */
    private Optional<Labelled> checkLabelled(
            String field, String given, int limit, String sha256, List<FieldProblem> problems) {
        return resolve(field + ".path", given, problems).flatMap(path -> {
            try {
                return Optional.of(new Labelled(path.toString(), LabelledFile.read(field, path, limit, sha256)));
            } catch (CooperException e) {
                problems.add(new FieldProblem(e.field().orElse(field), e.detail()));
                return Optional.empty();
            }
        });
    }

    private Optional<Path> checkModel(String field, String given, List<FieldProblem> problems) {
        Optional<Path> folder = resolve(field, given, problems);
        folder.flatMap(RunSpecReader::missingInModel)
                .ifPresent(missing -> problems.add(new FieldProblem(field, missing)));
        return folder;
    }

    private static Optional<String> missingInModel(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.of("there is no folder " + folder + "; give a folder in Hugging Face layout");
        }
        for (String file : List.of("config.json", "tokenizer.json")) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                return Optional.of("the folder " + folder + " has no " + file
                        + "; a model in Hugging Face layout has config.json, tokenizer.json and *.safetensors");
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.noneMatch(file -> file.toString().endsWith(".safetensors"))
                    ? Optional.of("the folder " + folder + " has no *.safetensors file, so it holds no weights")
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** In the order in which they stand there; a problem of one of several names its place. */
    private List<HeldOut> checkHeldOut(List<HeldOut> sets, List<FieldProblem> problems) {
        List<HeldOut> checked = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            String field = sets.size() == 1 ? "data.heldout" : "data.heldout[" + i + "]";
            checked.add(
                    new HeldOut(sets.get(i).name(), checkData(field, sets.get(i).source(), problems)));
        }
        return checked;
    }

    private DataSource checkData(String field, DataSource source, List<FieldProblem> problems) {
        boolean clean = problems.stream().noneMatch(problem -> problem.field().startsWith(field + "."));
        Optional<Path> path = resolve(field + ".path", source.path(), problems);
        if (path.isEmpty() || !clean) {
            return source;
        }
        DataSource resolved = new DataSource(
                path.get().toString(),
                source.format(),
                source.id(),
                source.question(),
                source.answer(),
                source.limit(),
                source.sha256());
        try {
            return resolved.pinned(dataSets.check(resolved));
        } catch (CooperException e) {
            if (e.reason() != FailureReason.BAD_INPUT) {
                throw e;
            }
            problems.add(new FieldProblem(field + "." + e.field().orElse("path"), e.detail()));
            return source;
        }
    }

    /** Empty when there is no path to look at, which has been noted by then. */
    private Optional<Path> resolve(String field, String given, List<FieldProblem> problems) {
        if (given.isBlank()) {
            return Optional.empty();
        }
        try {
            Path path = base.resolve(given).normalize();
            Optional<String> refusal = roots.refusal(path);
            refusal.ifPresent(why -> problems.add(new FieldProblem(field, why)));
            return refusal.isPresent() ? Optional.empty() : Optional.of(path);
        } catch (InvalidPathException e) {
            problems.add(new FieldProblem(field, "is no path: " + e.getMessage()));
            return Optional.empty();
        }
    }
}
