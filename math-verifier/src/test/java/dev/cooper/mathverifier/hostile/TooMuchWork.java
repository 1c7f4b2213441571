package dev.cooper.mathverifier.hostile;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts whose naive reading or evaluation takes more time, memory or stack than there is. None of them is 77. */
final class TooMuchWork {
    private static final int LENGTH = 100_000;

    /** Each short, each far beyond any computer if evaluated as it stands. */
    private static final List<String> HUGE_VALUES = List.of(
            "9^{9^{9^9}}",
            "9^9^9^9",
            "-9^{9^{9^9}}",
            "9^{-9^{9^9}}",
            "(10^9)!",
            "((((9!)!)!)!)!",
            "9!!!!!",
            "\\frac{(10^9)!}{(10^9-1)!}+1",
            "10^{10^{10}}",
            "10^{-10^{10}}",
            "1e999999999",
            "1e-999999999",
            "77+10^{-10^{10}}",
            "77+1e-999999999",
            "77\\cdot(1+10^{-1000000})",
            "2^{10^{18}}",
            "2^{2^{63}}",
            "2^{9223372036854775807}",
            "2^{9223372036854775808}",
            "\\binom{10^9}{5\\cdot10^8}",
            "\\binom{10^{18}}{10^{17}}",
            "\\binom{-10^9}{10^9}",
            "\\sum_{k=1}^{10^{12}} k",
            "\\sum_{k=1}^{10^9} \\frac{1}{k}",
            "\\sum_{i=1}^{1000}\\sum_{j=1}^{1000}\\sum_{k=1}^{1000} 1",
            "\\sum_{i=1}^{1000}\\sum_{j=1}^{i}\\sum_{k=1}^{j}\\sum_{l=1}^{k} i!",
            "\\sum_{k=1}^{1000} \\frac{1}{k!}",
            "\\sum_{k=1}^{1000} k^{1000}",
            "\\prod_{k=1}^{10^9} k",
            "\\prod_{k=1}^{1000} (k!)",
            "\\prod_{k=1}^{1000} (x+k)",
            "(x+1)^{1000000}",
            "(x+y+z+w)^{500}",
            "((((x+1)^{100}+1)^{100}+1)^{100}+1)^{100}",
            "(a+b)^{100}(c+d)^{100}(e+f)^{100}(g+h)^{100}",
            "\\frac{1}{(x+y)^{1000}}+\\frac{1}{(x-y)^{999}}",
            "\\sqrt[1000000000]{2}",
            "2^{1/1000000007}",
            "x^{x^{x^{x^x}}}",
            "\\sin(10^{10^{10}})",
            "\\tan ".repeat(17) + "5",
            "3, " + "\\tan ".repeat(17) + "5, 7",
            "\\Gamma(\\Gamma(\\Gamma(7.5)))",
            "\\sin(\\sin(\\sin(10^{300})))",
            "e^{e^{e^{e^{e}}}}",
            "\\ln(\\ln(\\ln(\\ln(10^{10^{10^{10}}}))))",
            "\\lfloor 10^{1000}\\pi\\rfloor",
            "\\lfloor 10^{10^9}e\\rfloor",
            "\\gcd(10^{9999}+1, 10^{9998}+1)",
            "\\sqrt{10^{5000}+1}",
            "\\left(\\sqrt{2}+\\sqrt{3}+\\sqrt{5}+\\sqrt{7}+\\sqrt{11}+\\sqrt{13}\\right)^{200}",
            "999999999_{36}",
            "11_{999999999999}",
            "\\int_0^{10^{10}} e^{x^x}\\,dx",
            "\\lim_{n\\to\\infty} n!^{n!}",
            "0.\\overline{" + "7".repeat(1000) + "}",
            "7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7:7",
            "1.5e2147483648",
            "10^{2147483647}",
            "(10^{2147483647})^{2147483647}");

    /** Repeated up to {@link #LENGTH} characters. */
    private static final List<String> PIECES = List.of(
            " ",
            "\t",
            "\n",
            "\u00a0",
            "\u200b",
            "\\ ",
            "\\quad ",
            "(",
            "[",
            "{",
            "\\{",
            "\\left(",
            "\\left[",
            "\\boxed{",
            "\\fbox{",
            "\\text{",
            "\\frac{",
            "\\frac{1}{",
            "\\frac1",
            "\\sqrt{",
            "\\sqrt[",
            "\\sqrt",
            "\\binom{",
            "2^{",
            "2^",
            "_",
            "^",
            "_{",
            "^{",
            "-",
            "+",
            "--",
            "+-",
            "\\pm ",
            "$",
            "$$",
            "\\(",
            "\\[",
            "\\",
            "\\\\",
            "\\begin{",
            "\\begin{pmatrix}",
            "\\begin{cases}",
            "&",
            "\\\\ &",
            "|",
            "||",
            "\\lfloor ",
            "\\lceil ",
            "\\langle ",
            "!",
            "'",
            "\"",
            "`",
            "```",
            "*",
            "**",
            "_x",
            "#",
            "####",
            "%",
            "\\%",
            "^\\circ",
            "°",
            "=",
            "=76",
            "<",
            "1<",
            "\\le ",
            "\\in ",
            "\\cup ",
            "(1,2)\\cup",
            "\\setminus ",
            ",",
            ";",
            ":",
            ".",
            "..",
            "7.",
            "1,",
            "1, ",
            "1/",
            "1+",
            "1-",
            "x+",
            "x*",
            "xy",
            "x ",
            "\\sin ",
            "\\sin(",
            "\\log_",
            "\\sum_",
            "\\sum_{k=1}^",
            "\\int ",
            "\\mathbb{",
            "\\mathbb{R}",
            "\\infty",
            "∞",
            "√",
            "²",
            "½",
            "e",
            "1e",
            "e1",
            "i",
            "0x",
            "answer ",
            "answer is ",
            "final answer ",
            "The answer is 5. ",
            "Answer: ",
            "\\boxed",
            "\\boxed{}",
            "\\boxed{7}",
            "or ",
            "and ",
            "<think>",
            "</think>",
            "|x",
            "\ud800",
            "\ud83d",
            "\udc00",
            "\ufeff",
            "\u202e",
            "\u0301",
            "\u0000");

    private TooMuchWork() {}

    static Stream<HostileCase> cases() {
        return Stream.of(
                        HUGE_VALUES.stream().flatMap(huge -> HostileCase.answers("77", huge)),
                        PIECES.stream().map(piece -> HostileCase.of("77", repeated(piece))),
                        PIECES.stream().map(piece -> HostileCase.of("77", "\\boxed{" + repeated(piece) + "}")),
                        PIECES.stream().map(piece -> HostileCase.of("77", "Answer: $" + repeated(piece))),
                        PIECES.stream().map(piece -> HostileCase.of("77", "\\boxed{" + shortRun(piece) + "78}")),
                        nested(),
                        longNumbers(),
                        manyParts())
                .flatMap(cases -> cases);
    }

    private static Stream<HostileCase> nested() {
        int depth = 100_000;
        return Stream.of(
                        "(".repeat(depth) + "78" + ")".repeat(depth),
                        "{".repeat(depth) + "78" + "}".repeat(depth),
                        "\\sqrt{".repeat(depth) + "78" + "}".repeat(depth),
                        "\\frac{1}{1+".repeat(depth) + "78" + "}".repeat(depth),
                        "\\text{".repeat(depth) + "78" + "}".repeat(depth),
                        "\\boxed{".repeat(depth) + "78" + "}".repeat(depth),
                        "2^{".repeat(depth) + "78" + "}".repeat(depth),
                        "\\left(".repeat(depth) + "78" + "\\right)".repeat(depth),
                        "\\sin(".repeat(depth) + "78" + ")".repeat(depth),
                        "|".repeat(depth) + "78" + "|".repeat(depth),
                        "\\begin{pmatrix}".repeat(depth) + "78" + "\\end{pmatrix}".repeat(depth),
                        "\\{".repeat(depth) + "78" + "\\}".repeat(depth),
                        "x_{".repeat(depth) + "78" + "}".repeat(depth))
                .flatMap(text -> Stream.of(
                        HostileCase.of("77", text),
                        HostileCase.of("77", "\\boxed{" + text + "}"),
                        HostileCase.of("77", "Final answer: $" + text + "$")));
    }

    private static Stream<HostileCase> longNumbers() {
        String digits = "7".repeat(1_000_000);
        String zeros = "0".repeat(1_000_000);
        return Stream.of(
                HostileCase.of("77", digits),
                HostileCase.of(digits, digits.substring(1) + "8"),
                HostileCase.of(digits, "\\boxed{" + digits + ".5}"),
                HostileCase.of("77", "77." + zeros + "1"),
                HostileCase.of("77", "77" + zeros),
                HostileCase.of("77", "0." + zeros + "77"),
                HostileCase.of("77", digits + "/" + digits),
                HostileCase.of("77", "\\frac{" + digits + "}{" + digits + "1}"),
                HostileCase.of("77", "\\sqrt{" + digits + "}"),
                HostileCase.of("77", digits + "^{" + digits + "}"),
                HostileCase.of("77", "77e" + digits),
                HostileCase.of("0." + "3".repeat(500), "0." + "3".repeat(499) + "4"),
                HostileCase.of("0." + "3".repeat(1_000_000), "\\frac{1}{4}"));
    }

    private static Stream<HostileCase> manyParts() {
        String numbers = IntStream.range(0, 20_000).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String roots = joined(60, ", ", i -> "\\sqrt{" + (2 * i + 3) + "}");
        String otherRoots = joined(60, ", ", i -> "\\sqrt{" + (2 * (59 - i) + 3) + "}+10^{-40}");
        String signs = joined(40, "", i -> "\\pm " + (1 << (i % 20)));
        String signList = joined(40, ", ", i -> "\\pm\\sqrt{" + (i + 2) + "}");
        String union = joined(5_000, "\\cup ", i -> "(" + 2 * i + "," + (2 * i + 1) + ")");
        String row = joined(300, " & ", String::valueOf);
        String matrix = "\\begin{pmatrix}" + joined(300, "\\\\ ", _ -> row) + "\\end{pmatrix}";
        String polynomial = joined(2_000, "+", i -> "x_{" + i + "}y^{" + i + "}");
        String factors = joined(40, "", i -> "(x_{" + i + "}+y_{" + i + "})");
        String chain = "77" + "=77".repeat(10_000) + "=78";
        return Stream.of(
                HostileCase.of("77", "\\{" + numbers + "\\}"),
                HostileCase.of("77", numbers),
                HostileCase.of("\\{" + numbers + "\\}", "\\{" + numbers + ", 77.5\\}"),
                HostileCase.of(roots, otherRoots),
                HostileCase.of("77", signs),
                HostileCase.of(signs, signs + "+1"),
                HostileCase.of(signList, "\\sqrt{2}"),
                HostileCase.of(union, union + "\\cup\\{-3\\}"),
                HostileCase.of(matrix, matrix.replace("299", "298")),
                HostileCase.of("77", polynomial),
                HostileCase.of(polynomial, polynomial + "+1"),
                HostileCase.of(factors, factors + "+1"),
                HostileCase.of("77", chain),
                HostileCase.of("77", "1" + "+1".repeat(50_000)),
                HostileCase.of("77", "1" + "-1".repeat(50_000)),
                HostileCase.of("77", joined(10_000, "<", String::valueOf)),
                HostileCase.of("77", joined(10_000, " ", i -> "\\boxed{" + i + "}")),
                HostileCase.of("77", joined(10_000, " ", i -> "The answer is " + i + ".")),
                HostileCase.of("f(x)=x", joined(1_000, ", ", i -> "f_{" + i + "}(x)=x^{" + i + "}")),
                HostileCase.of("77", joined(2_000, ", ", i -> "x_{" + i + "}=" + i)));
    }

    private static String joined(int count, String separator, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(separator));
    }

    private static String repeated(String piece) {
        return piece.repeat(LENGTH / piece.length());
    }

    /** Short enough for the budget of an answer's length, so that what reads the answer meets it. */
    private static String shortRun(String piece) {
        return piece.repeat(Math.max(1, 400 / piece.length()));
    }
}
