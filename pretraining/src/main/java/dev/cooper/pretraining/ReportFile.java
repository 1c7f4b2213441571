package dev.cooper.pretraining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report as JSON in a model's folder. */
final class ReportFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportFile() {}

    static <T> T read(Path folder, Class<T> type) throws IOException {
        return JSON.readValue(Files.readString(folder.resolve(PretrainingReport.FILE)), type);
    }

    static void write(Path folder, Record report) throws IOException {
        Files.writeString(folder.resolve(PretrainingReport.FILE), JSON.writeValueAsString(report) + "\n");
    }
}
