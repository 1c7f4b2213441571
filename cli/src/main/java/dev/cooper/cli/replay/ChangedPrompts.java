package dev.cooper.cli.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which problems another reward changes most. Keeps one completion of each. */
final class ChangedPrompts {
    private final Map<String, ChangedPrompt> byProblem = new TreeMap<>();

    void add(ComparedGroup group) {
        if (group.completions().isEmpty()) {
            return;
        }
        double change = group.completions().stream()
                .mapToDouble(ComparedCompletion::advantageChange)
                .average()
                .orElseThrow();
        ComparedCompletion furthest = group.completions().stream()
                .max(Comparator.comparingDouble(ComparedCompletion::advantageChange))
                .orElseThrow();
        ChangedPrompt own = new ChangedPrompt(
                group.problemId(),
                group.question(),
                group.reference(),
                1,
                group.completions().size(),
                group.completions().stream()
                        .filter(ComparedCompletion::changesSign)
                        .count(),
                change,
                furthest);
        byProblem.merge(group.problemId(), own, ChangedPrompts::together);
    }

    private static ChangedPrompt together(ChangedPrompt before, ChangedPrompt next) {
        long completions = before.completions() + next.completions();
        return new ChangedPrompt(
                before.problemId(),
                before.question(),
                before.reference(),
                before.groups() + next.groups(),
                completions,
                before.signChanges() + next.signChanges(),
                (before.advantageChangeMean() * before.completions() + next.advantageChangeMean() * next.completions())
                        / completions,
                next.example().advantageChange() > before.example().advantageChange()
                        ? next.example()
                        : before.example());
    }

    /** Those with most changes of sign, and of equal ones those whose advantages move furthest. None without any. */
    List<ChangedPrompt> most(int count) {
        return byProblem.values().stream()
                .filter(prompt -> prompt.signChanges() > 0)
                .sorted(Comparator.comparingLong(ChangedPrompt::signChanges)
                        .thenComparingDouble(ChangedPrompt::advantageChangeMean)
                        .reversed())
                .limit(count)
                .toList();
    }
}
