package dev.cooper.mathverifier.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Two texts as bytes that a fuzzer may change at will. A byte below 0x80 is that ASCII character, except for 0, which
 * ends the first text; a byte from 0x80 is a fragment of what models write. Changing one byte so exchanges a command
 * for another one, where a change of UTF-8 would mostly give commands that do not exist.
 */
record FuzzText(String first, String second) {
    private static final int FRAGMENTS_AT = 0x80;

    private static final List<String> FRAGMENTS = List.of(
            "\\boxed{",
            "\\frac{",
            "}{",
            "\\frac",
            "\\dfrac{",
            "\\sqrt{",
            "\\sqrt[3]{",
            "\\sqrt",
            "\\binom{",
            "\\text{",
            "\\mathrm{",
            "\\textbf{",
            "\\left(",
            "\\right)",
            "\\left[",
            "\\right]",
            "\\{",
            "\\}",
            "\\left\\{",
            "\\right\\}",
            "\\langle ",
            "\\rangle ",
            "\\lfloor ",
            "\\rfloor ",
            "\\lceil ",
            "\\rceil ",
            "\\pi",
            "\\infty",
            "\\theta",
            "\\alpha",
            "e^{",
            "^{",
            "_{",
            "^2",
            "\\cdot ",
            "\\times ",
            "\\div ",
            "\\pm ",
            "\\mp ",
            "\\le ",
            "\\ge ",
            "\\leq ",
            "\\neq ",
            "\\ne ",
            "\\in ",
            "\\notin ",
            "\\cup ",
            "\\cap ",
            "\\setminus ",
            "\\emptyset",
            "\\varnothing",
            "\\mathbb{R}",
            "\\mathbb{Z}",
            "\\mathbb{N}",
            "\\mid ",
            "\\sin ",
            "\\cos ",
            "\\tan ",
            "\\ln ",
            "\\log ",
            "\\log_{",
            "\\arcsin ",
            "\\sum_{k=1}^{",
            "\\prod_{k=1}^{",
            "\\int ",
            "\\lim_{n\\to\\infty}",
            "\\%",
            "\\$",
            "^\\circ",
            "\\circ",
            "\\overline{",
            "\\begin{pmatrix}",
            "\\end{pmatrix}",
            "\\begin{bmatrix}",
            "\\end{bmatrix}",
            "\\begin{cases}",
            "\\end{cases}",
            "\\begin{aligned}",
            "\\end{aligned}",
            "\\\\",
            "&",
            "\\quad ",
            "\\,",
            "\\!",
            "\\approx ",
            "\\equiv ",
            "\\pmod{",
            "\\Rightarrow ",
            "\\implies ",
            "\\to ",
            "\\angle ",
            "\\ldots",
            "\\(",
            "\\)",
            "\\[",
            "\\]",
            "$$",
            "**",
            "The answer is ",
            "Final answer: ",
            "#### ",
            " and ",
            " or ",
            "\\text{ or }",
            "\\text{ and }",
            " no solution",
            " undefined",
            " cm",
            "\\text{ m}",
            " hours",
            "x=",
            "f(x)=",
            ", k\\in\\mathbb{Z}",
            "(-\\infty,",
            ",\\infty)",
            "10^{",
            "1,000",
            "0.\\overline{3}",
            "\u221e",
            "\u221a",
            "\u00b2",
            "\u03c0",
            "\u2264",
            "\u2212",
            "\u00b0",
            "\u200b",
            "\ud83d",
            "\\phantom{",
            "\n\n");

    FuzzText {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }

    static FuzzText of(byte[] bytes) {
        var first = new StringBuilder();
        var second = new StringBuilder();
        StringBuilder text = first;
        for (byte signed : bytes) {
            int value = Byte.toUnsignedInt(signed);
            if (value == 0) {
                text = second;
            } else if (value < FRAGMENTS_AT) {
                text.append((char) value);
            } else {
                text.append(FRAGMENTS.get((value - FRAGMENTS_AT) % FRAGMENTS.size()));
            }
        }
        return new FuzzText(first.toString(), second.toString());
    }

    /** Bytes that give these texts again, less the characters that neither are ASCII nor in a fragment. */
    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        write(first, out);
        out.write(0);
        write(second, out);
        return out.toByteArray();
    }

    private static void write(String text, ByteArrayOutputStream out) {
        int at = 0;
        while (at < text.length()) {
            int from = at;
            String longest = FRAGMENTS.stream()
                    .filter(fragment -> text.startsWith(fragment, from))
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
            if (!longest.isEmpty()) {
                out.write(FRAGMENTS_AT + FRAGMENTS.indexOf(longest));
                at += longest.length();
                continue;
            }
            char c = text.charAt(at++);
            if (c != 0 && c < FRAGMENTS_AT) {
                out.write(c);
            }
        }
    }
}
