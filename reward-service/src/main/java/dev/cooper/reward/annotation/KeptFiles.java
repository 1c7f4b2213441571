package dev.cooper.reward.annotation;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.reward.table.ParquetTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What follows from the annotations and can be made of them again: those that are kept, and how far labels agree. */
final class KeptFiles {

    static final String LINES = "kept.jsonl";
    static final String PARQUET = "kept.parquet";
    static final String AGREEMENT = "agreement.json";

    private static final String COLUMNS = "question: 'VARCHAR', answer: 'VARCHAR', completion: 'VARCHAR',"
            + " gold_correct: 'BOOLEAN', answer_type: 'VARCHAR', answer_subtype: 'VARCHAR',"
            + " sampled: 'STRUCT(problem VARCHAR, source VARCHAR, sample INTEGER, model VARCHAR, checksum VARCHAR,"
            + " seed BIGINT, temperature DOUBLE, top_p DOUBLE, ending VARCHAR, prompt_sha256 VARCHAR)',"
            + " rule: 'STRUCT(verdict VARCHAR, reason VARCHAR, answer VARCHAR)',"
            + " judge: 'STRUCT(model VARCHAR, checksum VARCHAR, verdict VARCHAR, reply VARCHAR, ending VARCHAR,"
            + " prompt_sha256 VARCHAR)'";
    private static final JsonMapper PRETTY =
            LineFile.JSON.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;

    KeptFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes the annotations that count and are kept, and gives the agreement over all that count. */
    Agreement write(LineFile<Annotation> annotations, Predicate<CompletionKey> counts) throws IOException {
        Agreement.Count count = new Agreement.Count();
        Path lines = folder.resolve(LINES);
        Path unfinished = folder.resolve(".unfinished-" + LINES);
        try (BufferedWriter writer = Files.newBufferedWriter(unfinished)) {
            annotations.read(annotation -> {
                if (counts.test(annotation.sampled().key())) {
                    count.add(annotation);
                    if (annotation.goldCorrect() != null) {
                        write(writer, annotation);
                    }
                }
            });
        }
        Files.move(unfinished, lines, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        ParquetTable.write(lines, COLUMNS, folder.resolve(PARQUET));
        return count.result();
    }

    void write(AnnotationReport report) {
        DurableFiles.writeText(folder.resolve(AGREEMENT), PRETTY.writeValueAsString(report));
    }

    private static void write(BufferedWriter writer, Annotation annotation) throws IOException {
        writer.write(LineFile.JSON.writeValueAsString(annotation));
        writer.write('\n');
    }
}
