package dev.cooper.mathverifier.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.CheckOptions;
import dev.cooper.mathverifier.syntax.AnswerParser;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Reading;
import dev.cooper.mathverifier.syntax.SyntaxBudget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StructuresTest {
    private final AnswerParser parser = new AnswerParser(SyntaxBudget.defaults());
    private final AnswerComparison comparison = new AnswerComparison(CheckOptions.defaults());

    static Stream<String> pairs() throws IOException {
        var resource = StructuresTest.class.getResourceAsStream("/comparison/structures.txt");
        var stream = new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.UTF_8);
        try (var reader = new BufferedReader(stream)) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void structuresAreEqualAsTheFileSays(String line) {
        List<String> sides = List.of(line.substring(2).split(" \\|\\|\\| ", -1));
        Node left = read(sides.getFirst());
        Node right = read(sides.getLast());
        Comparison forth = comparison.compare(left, right);
        Comparison back = comparison.compare(right, left);
        assertThat(forth.isEqual()).as(forth.toString()).isEqualTo(line.charAt(0) != '/');
        assertThat(back.isEqual()).as(back.toString()).isEqualTo(line.charAt(0) == '=');
        assertThat(forth.detail()).isNotBlank();
    }

    private Node read(String text) {
        Reading reading = parser.parse(text);
        assertThat(reading).as(text).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).node();
    }
}
