package dev.cooper.cli.command;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.Verdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares one answer with its reference, by the rules that reward a policy. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Is this answer equal to the reference? Exit status 0 for CORRECT, 1 for anything else.")
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GOLD", description = "The reference, as a data set holds it.")
    private String gold = "";

    @Parameters(index = "1", paramLabel = "ANSWER", description = "The answer, or a whole completion.")
    private String answer = "";

    @Option(names = "--explain", description = "Also say what was extracted, from where, and which rule decided.")
    private boolean explain;

    @Override
    public Integer call() {
        Verdict verdict = new AnswerChecker().check(gold, answer);
        if (explain) {
            verdict.answer()
                    .ifPresent(found -> System.out.println("answer: " + found.text() + " (" + found.source() + ")"));
            System.out.println(verdict.explanation());
        } else {
            System.out.println(word(verdict));
        }
        return verdict instanceof Verdict.Correct ? 0 : 1;
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Correct _ -> "CORRECT";
            case Verdict.Incorrect incorrect -> "INCORRECT " + incorrect.reason();
            case Verdict.Undecided undecided -> "UNDECIDED " + undecided.reason();
            case Verdict.Unscorable unscorable -> "UNSCORABLE " + unscorable.reason();
        };
    }
}
