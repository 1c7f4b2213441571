package dev.cooper.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.pretraining.corpus.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model and the data sets in {@code examples/}. */
class ShippedModelTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path MODEL = EXAMPLES.resolve("tiny-model");
    private static final long MOST_BYTES = 6 << 20;

    @Test
    void itsWeightsAreThoseOfItsReport() throws IOException {
        PretrainingReport report = PretrainingReport.read(MODEL);
        assertThat(report.settings()).isEqualTo(PretrainSettings.standard(1));
        assertThat(report.evaluation().accuracy()).isBetween(0.30, 0.55);
        assertThat(report.evaluation().boxedShare()).isGreaterThan(0.97);
        assertThat(report.parameters()).isLessThan(3_000_000);
        try (LanguageModel model = LanguageModel.load(MODEL)) {
            assertThat(model.checksum()).isEqualTo(report.checksum());
        }
    }

    @Test
    void itSolvesSomeHeldOutProblemsAndNotAll() throws IOException {
        try (LanguageModel model = LanguageModel.load(MODEL)) {
            Evaluation evaluation = new HeldOutProblems(1, 40).evaluate(model);
            // 40 problems: the standard error is about 0.08.
            assertThat(evaluation.accuracy()).isBetween(0.15, 0.75);
            assertThat(evaluation.boxedShare()).isGreaterThan(0.85);
        }
    }

    @Test
    void theDataSetsAreThoseOfTheSeed(@TempDir Path remade) throws IOException {
        DataSets.writeStandard(1, remade);
        for (String name : List.of("train.jsonl", "heldout.jsonl")) {
            assertThat(remade.resolve(name))
                    .hasSameTextualContentAs(EXAMPLES.resolve("data").resolve(name));
        }
    }

    @Test
    void theExamplesAreSmall() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThan(MOST_BYTES);
        }
    }
}
