package dev.cooper.reward.jobs;

import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Work that keeps its place in its folder. */
public interface Job {

    /**
     * Works to the end, from where an earlier call or process was.
     *
     * @return what came out, for people and programs; empty if it was asked to stop and kept its place
     * @throws RuntimeException that ends the job as failed; a CooperException says why in its reason
     */
    Optional<JsonNode> run(JobControl control) throws IOException;
}
