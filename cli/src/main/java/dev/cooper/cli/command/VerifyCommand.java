package dev.cooper.cli.command;

import dev.cooper.cli.inference.JsonLines;
import dev.cooper.cli.verification.AnswerLines;
import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.Profile;
import dev.cooper.mathverifier.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares answers with their references, by the rules that reward a policy. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Is this answer equal to the reference? Exit status 0 for CORRECT, 1 for anything else.",
            "With --jsonl, each line {\"gold\": .., \"pred\": ..} of a file is written again with its \"verdict\","
                    + " \"extracted\" answer, \"reason\" and the \"micros\" that the check took, and a summary with counts on"
                    + " standard error; exit status 0."
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "GOLD",
            description = "The reference, as a data set holds it.")
    private @Nullable String gold;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ANSWER", description = "The answer, or a whole completion.")
    private @Nullable String answer;

    @Option(
            names = "--jsonl",
            paramLabel = "FILE",
            description = "Check the lines of a file, or of standard input (-).")
    private @Nullable Path jsonl;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The rules: default, or math-verify, which judges as Math-Verify 0.8 does"
                    + " (default: ${DEFAULT-VALUE}).")
    private String profile = Profile.DEFAULT.label();

    @Option(names = "--explain", description = "Also say what was extracted, from where, and which rule decided.")
    private boolean explain;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var checker = new AnswerChecker(profile().options());
        if (jsonl != null) {
            if (gold != null) {
                throw misused("give either GOLD and ANSWER or --jsonl, not both");
            }
            return lines(checker, jsonl);
        }
        if (gold == null || answer == null) {
            throw misused("give GOLD and ANSWER, or --jsonl FILE");
        }
        return one(checker, gold, answer);
    }

    private int lines(AnswerChecker checker, Path file) throws IOException {
        try (JsonLines input =
                file.equals(STANDARD_INPUT) ? JsonLines.read(System.in, "standard input") : JsonLines.open(file)) {
            var tally = new AnswerLines(checker, explain).write(input, out());
            PrintWriter errors = command.commandLine().getErr();
            errors.print(tally.summary());
            errors.flush();
        }
        return 0;
    }

    private int one(AnswerChecker checker, String reference, String completion) {
        Verdict verdict = checker.check(reference, completion);
        if (explain) {
            verdict.answer()
                    .ifPresentOrElse(
                            found -> out().println("extracted: " + found.text() + "\nfrom: " + found.source()
                                    + ", at character " + found.offset()),
                            () -> out().println("extracted: nothing"));
            out().println(verdict.explanation());
        } else {
            out().println(verdict instanceof Verdict.Correct ? verdict.kind() : verdict.kind() + " " + verdict.code());
        }
        out().flush();
        return verdict instanceof Verdict.Correct ? 0 : 1;
    }

    private Profile profile() {
        return Profile.labelled(profile)
                .orElseThrow(() -> misused("--profile is '" + profile + "'; choose one of "
                        + Stream.of(Profile.values()).map(Profile::label).collect(Collectors.joining(", "))));
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private ParameterException misused(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
