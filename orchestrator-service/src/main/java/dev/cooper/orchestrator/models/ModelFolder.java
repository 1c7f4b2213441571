package dev.cooper.orchestrator.models;

import dev.cooper.orchestrator.file.DurableFile;
import dev.cooper.orchestrator.file.FileTree;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder that gets a copy of a version: there whole or not at all. Beside the model's own files it has
 * {@code SHA256SUMS}, as {@code sha256sum -c} reads it, and {@code cooper.json}, which says where the model is from.
 *
 * @param linked whether files are linked to the stored ones where the disk can do that: no copy, but nobody may write
 *     to them
 */
public record ModelFolder(Path folder, String runId, long step, boolean linked) implements ModelCopy {

    private static final String SUMS = "SHA256SUMS";
    private static final String ORIGIN = "cooper.json";

    @Override
    public void take(StoredModel stored, List<Path> files) {
        Path unfinished = folder.resolveSibling("." + folder.getFileName() + ".unfinished");
        try {
            Path parent = Files.createDirectories(unfinished.resolveSibling(""));
            FileTree.delete(unfinished);
            Files.createDirectory(unfinished);
            StringBuilder sums = new StringBuilder();
            for (Path file : files) {
                Path copy = unfinished.resolve(file.getFileName());
                put(file, copy);
                sums.append(Sha256.hex(copy))
                        .append("  ")
                        .append(file.getFileName())
                        .append('\n');
            }
            DurableFile.write(unfinished.resolve(SUMS), sums.toString());
            DurableFile.write(unfinished.resolve(ORIGIN), origin(stored));
            DurableFile.settle(unfinished);
            // An empty folder is replaced; one with anything in it is not.
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.settle(parent);
        } catch (IOException e) {
            throw failed(stored, unfinished, e);
        }
    }

    private void put(Path file, Path copy) throws IOException {
        if (linked) {
            try {
                Files.createLink(copy, file);
                return;
            } catch (IOException | UnsupportedOperationException e) {
                // Another disk, or one without links: copied below.
                Files.deleteIfExists(copy);
            }
        }
        Files.copy(file, copy);
        DurableFile.sync(copy);
    }

    private String origin(StoredModel stored) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("run_id", runId);
        node.put("step", step);
        node.put("version", stored.version().getNumber());
        node.put("incarnation", stored.version().getIncarnation());
        node.put("checksum", stored.version().getChecksum());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    }

    private CooperException failed(StoredModel stored, Path unfinished, IOException e) {
        try {
            FileTree.delete(unfinished);
        } catch (IOException later) {
            e.addSuppressed(later);
        }
        if (isTaken()) {
            return new CooperException(
                    FailureReason.BAD_INPUT,
                    "there is a folder " + folder + " already; give one that is not there, or an empty one",
                    e,
                    "path");
        }
        return new CooperException(
                FailureReason.NO_CAPACITY,
                "cannot write " + folder + ", which takes " + stored.bytes() + " bytes: " + e
                        + "; see whether the disk is full and the folder writable",
                e);
    }

    private boolean isTaken() {
        String[] names = folder.toFile().list();
        return Files.isRegularFile(folder) || (names != null && names.length > 0);
    }
}
