package dev.cooper.pretraining.problems;

import java.util.ArrayList;
import java.util.List;

/** The stories that problems are told in: chains of events that are put together here, and whole plots. */
final class Plots {
    private static final double CHAIN_SHARE = 0.6;

    /** How a chain begins, what adds to it, what takes from it, and what is asked; the number is {@code {n}}. */
    private record Setting(List<String> starts, List<String> gains, List<String> losses, List<String> asks) {}

    private static final Setting PERSON = new Setting(
            List.of(
                    "{w} has {n} {o}.",
                    "{w} starts the day with {n} {o}.",
                    "In the morning {w} counts {n} {o}.",
                    "{w} owns {n} {o}.",
                    "There are {n} {o} on the desk of {w}."),
            List.of(
                    "{w} buys {n} more.",
                    "{w} finds {n} {o}.",
                    "{v} gives {w} {n} {o}.",
                    "Then {w} gets {n} more from {v}.",
                    "{w} wins {n} {o} in a game.",
                    "Later {v} brings {n} {o} to {w}.",
                    "{w} picks up {n} more."),
            List.of(
                    "{w} gives {n} {o} to {v}.",
                    "{w} loses {n} of them.",
                    "Then {w} sells {n} {o}.",
                    "{v} takes {n} from {w}.",
                    "{w} hands {n} {o} to {u}.",
                    "Later {w} throws {n} away.",
                    "{w} trades {n} {o} for a toy."),
            List.of(
                    "How many {o} does {w} have now?",
                    "How many {o} does {w} have in the end?",
                    "With how many {o} does {w} go home?",
                    "Count the {o} that {w} has now."));

    private static final Setting PLACE = new Setting(
            List.of(
                    "A {p} holds {n} {o}.",
                    "There are {n} {o} in a {p}.",
                    "{w} keeps {n} {o} in a {p}.",
                    "{w} and {v} fill a {p} with {n} {o}."),
            List.of(
                    "{w} puts in {n} more.",
                    "{v} adds {n} {o}.",
                    "Then {w} drops {n} {o} into the {p}.",
                    "Later {n} more go in."),
            List.of(
                    "{w} takes out {n}.",
                    "{v} removes {n} {o}.",
                    "Then {n} {o} fall out.",
                    "Later {w} gives {n} of them to {u}."),
            List.of(
                    "How many {o} are in the {p} now?",
                    "How many {o} does the {p} hold in the end?",
                    "What is the number of {o} left in the {p}?"));

    private static final List<Plot> WHOLE = List.of(
            new Plot("{w} has {a} {o}. {v} has {b} more than {w}. How many {o} do they have together?", "a+b a+x"),
            new Plot("{w} has {a} {o}. {v} has {b} fewer than {w}. How many {o} do they have together?", "a-b a+x"),
            new Plot("{w} found {a} {o} and {v} found {b} more than that. What is the total?", "a+b a+x"),
            new Plot("{w} has {a} red {o} and {b} blue {o}. {w} gives {c} to {v}. How many are left?", "a+b x-c"),
            new Plot("A {p} holds {a} old {o} and {b} new {o}. {w} takes {c}. How many stay in the {p}?", "a+b x-c"),
            new Plot(
                    "{w} has {a} {o} and gets {b} more. {v} has {c}. How many more than {v} does {w} have?", "a+b x-c"),
            new Plot("{w} needs {a} {o}. {w} has {b} and buys {c} more. How many {o} are still missing?", "b+c a-x"),
            new Plot("{w} has {a} {o}, {v} has {b} and {u} has {c}. How many {o} are there in all?", "a+b x+c"),
            new Plot("{w} had {a} {o}, sold {b} and lost {c}. How many {o} are left?", "a-b x-c"),
            new Plot("Of {a} {o}, {b} are red, {c} are blue and the rest are green. How many are green?", "a-b x-c"),
            new Plot(
                    "{w} has {a} {o}. {v} has {b} more than {w} and {u} has {c} fewer than {v}. How many does {u} have?",
                    "a+b x-c"),
            new Plot(
                    "{w} has {a} {o}, {v} has {b} and {u} has {c}. They give {d} away. How many are left?",
                    "a+b x+c y-d"),
            new Plot(
                    "{w} had {a} {o} and sold {b}. {v} had {c} and sold {d}. How many do they have now?",
                    "a-b c-d x+y"));

    private Plots() {}

    static Plot draw(Draws draws) {
        if (!draws.chance(CHAIN_SHARE)) {
            return draws.pick(WHOLE);
        }
        return chain(draws, draws.chance(0.5) ? PERSON : PLACE, draws.between(2, 3));
    }

    private static Plot chain(Draws draws, Setting setting, int events) {
        List<String> sentences = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        sentences.add(draws.pick(setting.starts()).replace("{n}", "{a}"));
        for (int i = 0; i < events; i++) {
            boolean gain = draws.chance(0.5);
            String given = "bcd".substring(i, i + 1);
            sentences.add(draws.pick(gain ? setting.gains() : setting.losses()).replace("{n}", "{" + given + "}"));
            steps.add((i == 0 ? "a" : "xy".substring(i - 1, i)) + (gain ? "+" : "-") + given);
        }
        sentences.add(draws.pick(setting.asks()));
        return new Plot(String.join(" ", sentences), String.join(" ", steps));
    }
}
