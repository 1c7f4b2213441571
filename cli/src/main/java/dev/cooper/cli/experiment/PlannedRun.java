package dev.cooper.cli.experiment;

import dev.cooper.cli.client.SpecFile;
import dev.cooper.cli.experiment.Experiment.Arm;
import dev.cooper.platform.line.Sha256;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** A run of an arm from one seed. */
record PlannedRun(String experiment, Arm arm, long seed) {

    /** Names the run's files. */
    String id() {
        return arm.name() + "-seed" + seed;
    }

    /** What its platform calls it. */
    String name() {
        return experiment + "-" + id();
    }

    /** What is submitted. */
    SpecFile spec() {
        ObjectNode spec = arm.run().deepCopy();
        spec.put("name", name());
        spec.put("seed", seed);
        // The paths are absolute.
        SpecFile file = SpecFile.of(spec, Path.of("/"), Path.of("/"));
        return arm.mode().map(file::in).orElse(file);
    }

    /** Tells whether a run that was kept is the same one: of its specification, lower-case hex. */
    String sha256() {
        String text = arm.mode().isPresent() + spec().text();
        return Sha256.hex(text);
    }
}
