package dev.cooper.orchestrator.models;

import java.nio.file.Path;
import java.util.List;

/** Takes a version's files to where they are wanted. */
@FunctionalInterface
public interface ModelCopy {
    void take(StoredModel stored, List<Path> files);
}
