package dev.cooper.pretraining;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.Ending;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.pretraining.problems.Problem;

/** Compares sampled solutions with the known answers of their problems. */
final class Answers {
    private static final AnswerChecker CHECKER = new AnswerChecker();

    private Answers() {}

    /** Whether a solution answers the problem. */
    static boolean isCorrect(Problem problem, TextSampler.Text solution) {
        return check(problem, solution) instanceof Verdict.Correct;
    }

    /** Whether a solution boxes a number and it is not the answer. */
    static boolean isReadablyWrong(Problem problem, TextSampler.Text solution) {
        return check(problem, solution) instanceof Verdict.Incorrect && boxesANumber(problem, solution);
    }

    /** Whether a solution ends by itself and boxes a number. */
    static boolean boxesANumber(Problem problem, TextSampler.Text solution) {
        return check(problem, solution)
                .answer()
                .filter(answer -> answer.source() == AnswerSource.BOXED)
                .filter(answer -> answer.text().matches("[0-9]{1,9}"))
                .isPresent();
    }

    private static Verdict check(Problem problem, TextSampler.Text solution) {
        return CHECKER.forReference(String.valueOf(problem.answer()))
                .check(solution.text(), solution.ended() ? Ending.FINISHED : Ending.TRUNCATED);
    }
}
