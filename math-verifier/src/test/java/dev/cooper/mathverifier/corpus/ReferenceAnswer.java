package dev.cooper.mathverifier.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A reference answer of a published data set, or of the corpus where the data sets are missing.
 *
 * @param source file and line
 * @param gold the answer
 * @param solution the worked solution that marks the answer, if there is one
 */
public record ReferenceAnswer(String source, String gold, Optional<String> solution) {
    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final Pattern DEBRIS = Pattern.compile("(\\s|\\\\\\\\|\\\\noindent|\\\\end\\{problem})+$");
    private static final Pattern SVAMP_ANSWER = Pattern.compile("\\s*\"Answer\": ([-0-9.]+),?");

    /** Whether the data sets lie beside the project. */
    public static boolean dataSetsAreThere() {
        return Stream.of(
                        "math500.jsonl",
                        "olympiadbench-en.jsonl",
                        "math-odyssey.jsonl",
                        "gsm8k-test.jsonl",
                        "gsm8k-train.jsonl",
                        "svamp.json")
                .allMatch(name -> Files.isReadable(DATA.resolve(name)));
    }

    /** Where the data sets are looked for. */
    public static Path folder() {
        return DATA.toAbsolutePath().normalize();
    }

    /** MATH500, OlympiadBench, Math Odyssey, both splits of GSM8K, SVAMP: every record. */
    public static List<ReferenceAnswer> ofDataSets() {
        List<ReferenceAnswer> all = new ArrayList<>();
        all.addAll(math500());
        all.addAll(read("olympiadbench-en.jsonl", ReferenceAnswer::olympiad));
        all.addAll(read("math-odyssey.jsonl", ReferenceAnswer::odyssey));
        all.addAll(read("gsm8k-test.jsonl", ReferenceAnswer::gsm8k));
        all.addAll(read("gsm8k-train.jsonl", ReferenceAnswer::gsm8k));
        all.addAll(read("svamp.json", ReferenceAnswer::svamp));
        return all;
    }

    /** The golds of the open corpus. */
    public static List<ReferenceAnswer> ofCorpus() {
        return LabelledPair.in(LabelledPair.OPEN).stream()
                .filter(pair -> !pair.kind().equals("completion-solution"))
                .map(pair -> new ReferenceAnswer(pair.id(), pair.gold(), Optional.empty()))
                .toList();
    }

    /** The data sets' answers if they are there, else the corpus'. */
    public static List<ReferenceAnswer> available() {
        return dataSetsAreThere() ? ofDataSets() : ofCorpus();
    }

    private static List<ReferenceAnswer> math500() {
        return read("math500.jsonl", (source, line) -> {
            var json = new FlatJson(line);
            return Optional.of(new ReferenceAnswer(source, required(json, "answer"), json.field("solution")));
        });
    }

    private static Optional<ReferenceAnswer> olympiad(String source, String line) {
        var json = new FlatJson(line);
        return Optional.of(new ReferenceAnswer(source, required(json, "final_answer"), Optional.empty()));
    }

    /** {@code {"Problem_1": {..}}}; both texts end in debris of their LaTeX. */
    private static Optional<ReferenceAnswer> odyssey(String source, String line) {
        var json = new FlatJson(line.substring(line.indexOf('{', 1), line.length() - 1));
        String answer =
                DEBRIS.matcher(required(json, "answer")).replaceFirst("").strip();
        return Optional.of(new ReferenceAnswer(source, answer, Optional.empty()));
    }

    private static Optional<ReferenceAnswer> gsm8k(String source, String line) {
        String solution = required(new FlatJson(line), "answer");
        String answer = solution.substring(solution.lastIndexOf("####") + 4).strip();
        return Optional.of(new ReferenceAnswer(source, answer, Optional.of(solution)));
    }

    private static Optional<ReferenceAnswer> svamp(String source, String line) {
        Matcher matcher = SVAMP_ANSWER.matcher(line);
        return matcher.matches()
                ? Optional.of(new ReferenceAnswer(source, matcher.group(1), Optional.empty()))
                : Optional.empty();
    }

    private static List<ReferenceAnswer> read(String name, Reader reader) {
        List<ReferenceAnswer> answers = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(DATA.resolve(name))) {
                reader.read(name + ":" + ++number, line).ifPresent(answers::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers;
    }

    private static String required(FlatJson json, String field) {
        return json.field(field).orElseThrow(() -> new IllegalArgumentException("no field " + field));
    }

    /** One line of a data set. */
    @FunctionalInterface
    private interface Reader {
        Optional<ReferenceAnswer> read(String source, String line);
    }
}
