package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.Fields.Range;
import dev.cooper.platform.spec.SearchPath;
import dev.cooper.platform.spec.SpecDocument;
import dev.cooper.reward.annotation.AnnotationSpec.Judge;
import dev.cooper.reward.annotation.AnnotationSpec.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the specification of an annotation from YAML or JSON: its fields, and whether the files that it names are
 * there. All problems come in one {@link BadInputException}.
 */
public final class AnnotationSpecReader {

    private static final int MANY = 1_000_000;
    private static final int JUDGE_TOKENS = 16;

    private final SearchPath folders;
    private final Map<String, String> environment;

    /**
     * A reader of specifications.
     *
     * @param folders in which a relative path is looked for, in this order
     * @param environment where the keys of endpoints stand
     */
    public AnnotationSpecReader(List<Path> folders, Map<String, String> environment) {
        this(new SearchPath(folders), environment);
    }

    /** As the other one, with paths that may not lead everywhere. */
    public AnnotationSpecReader(SearchPath folders, Map<String, String> environment) {
        this.folders = folders;
        this.environment = Map.copyOf(environment);
    }

    public AnnotationSpec readYaml(String text) {
        return read(SpecDocument.yaml(text));
    }

    public AnnotationSpec readJson(String text) {
        return read(SpecDocument.json(text));
    }

    /** Reads a document that is parsed already. */
    public AnnotationSpec read(JsonNode document) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields top = new Fields(document, "", problems);
        ProblemFile data = data(top.object("data"));
        List<Source> sources = sources(top);
        JudgeSpec judge = judgeAlone(top);
        refuse(top, problems);
        return new AnnotationSpec(judge.seed(), data, sources, judge.judge(), judge.mostUnanswered());
    }

    /** Reads no more than the judge of a document: it may be an annotation's, or hold nothing else. */
    public JudgeSpec readJudge(JsonNode document) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields top = new Fields(document, "", problems);
        passOver(top, "data", "sources");
        JudgeSpec judge = judgeAlone(top);
        refuse(top, problems);
        return judge;
    }

    private static void passOver(Fields fields, String... keys) {
        for (String key : keys) {
            fields.has(key);
        }
    }

    private static void refuse(Fields top, List<FieldProblem> problems) {
        top.refuseUnknown();
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
    }

    private JudgeSpec judgeAlone(Fields top) {
        return new JudgeSpec(
                top.whole("seed", 1L, Long.MIN_VALUE, Long.MAX_VALUE),
                judge(top.object("judge")),
                top.whole("max_unanswered", 20, 0, MANY));
    }

    private ProblemFile data(Fields fields) {
        Path path = new ModelReader(fields, folders, environment).path("path", "a file of problems");
        if (fields.isClean("path") && !Files.isRegularFile(path)) {
            fields.problem("path", "there is no file " + path);
        }
        Fields columns = fields.object("columns");
        ProblemFile.Columns named = new ProblemFile.Columns(
                columns.text("id", ""),
                columns.text("question", "question"),
                columns.text("answer", "answer"),
                columns.text("answer_type", ""),
                columns.text("answer_subtype", ""));
        columns.refuseUnknown();
        int limit = fields.whole("limit", 0, 0, Integer.MAX_VALUE);
        fields.refuseUnknown();
        return new ProblemFile(path, named, limit);
    }

    private List<Source> sources(Fields top) {
        List<Source> sources = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields fields : top.objects("sources")) {
            ModelChoice model = new ModelReader(fields, folders, environment).choice();
            String name = fields.text("name", model.model());
            if (!name.matches("[A-Za-z0-9._-]{1,100}") && fields.isClean("model") && fields.isClean("endpoint")) {
                fields.problem("name", "must be letters, digits, dots, dashes and underscores, got '" + name + "'");
            } else if (!names.add(name)) {
                fields.problem("name", "'" + name + "' stands twice: give each source a name of its own");
            }
            PromptTemplate prompt = prompt(fields, PromptTemplate.QUESTION, Set.of("question"), "question");
            SamplingSettings sampling = sampling(fields, 1, 3072);
            sources.add(new Source(name, model, prompt, sampling, fields.whole("samples", 4, 1, MANY)));
            fields.refuseUnknown();
        }
        if (sources.isEmpty() && top.isClean("sources")) {
            top.problem("sources", "is missing: give a list of models whose completions are wanted");
        }
        return sources;
    }

    private Judge judge(Fields fields) {
        ModelChoice model = new ModelReader(fields, folders, environment).choice();
        Set<String> known = Set.of("question", "reference", "completion");
        PromptTemplate prompt = prompt(fields, PromptTemplate.JUDGE, known, "completion");
        SamplingSettings sampling = sampling(fields, 0, JUDGE_TOKENS);
        JudgeReading reading = reading(fields);
        fields.refuseUnknown();
        return new Judge(model, prompt, sampling, reading);
    }

    private static PromptTemplate prompt(Fields fields, PromptTemplate fallback, Set<String> known, String needed) {
        PromptTemplate prompt = new PromptTemplate(fields.text("prompt", fallback.text()));
        List<String> names = prompt.placeholders();
        names.stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(other -> fields.problem(
                        "prompt",
                        "has {{" + other + "}}; it may have "
                                + String.join(
                                        ", ",
                                        known.stream()
                                                .sorted()
                                                .map(name -> "{{" + name + "}}")
                                                .toList())));
        if (!names.contains(needed)) {
            fields.problem("prompt", "lacks {{" + needed + "}}, where that text is put");
        }
        return prompt;
    }

    private static SamplingSettings sampling(Fields fields, double temperature, int maxNewTokens) {
        return new SamplingSettings(
                fields.number("temperature", temperature, Range.of(0, 100)),
                fields.number("top_p", 1, Range.above(0, 1)),
                0,
                fields.whole("max_new_tokens", maxNewTokens, 1, MANY));
    }

    private static JudgeReading reading(Fields fields) {
        JudgeReading standard = JudgeReading.STANDARD;
        try {
            return new JudgeReading(
                    fields.texts("yes", standard.yes()),
                    fields.texts("no", standard.no()),
                    fields.choice(
                            "word",
                            standard.taken(),
                            Map.of("first", JudgeReading.Taken.FIRST, "last", JudgeReading.Taken.LAST)),
                    fields.text("after", standard.after()));
        } catch (IllegalArgumentException e) {
            fields.problem("yes", String.valueOf(e.getMessage()));
            return standard;
        }
    }
}
