package dev.cooper.reward.jobs;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** A kind of job. */
public interface JobKind {

    /** As it stands in addresses, such as {@code reward-trainings}. */
    String name();

    /**
     * The job that a specification describes. Writes nothing.
     *
     * @param folder of the job's own
     * @throws dev.cooper.platform.failure.BadInputException naming all fields that are wrong
     */
    Job open(JsonNode spec, Path folder);
}
