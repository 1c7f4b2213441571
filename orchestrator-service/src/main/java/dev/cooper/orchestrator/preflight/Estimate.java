package dev.cooper.orchestrator.preflight;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a run will need, in bytes. Completions of full length are assumed in memory and on the log, of half of it in the
 * archive, so that most runs need less.
 *
 * @param memory at its highest, by role: sampler, policy_trainer, scorer, reward_trainer
 * @param disk under the storage root when the run ends: weights, checkpoints, archive
 * @param log what the run's records take in its topics, on the disk of the broker
 * @param largestRecord the largest record of a group
 */
public record Estimate(Map<String, Long> memory, Map<String, Long> disk, long log, long largestRecord) {
    public Estimate {
        memory = Map.copyOf(memory);
        disk = Map.copyOf(disk);
    }

    public long diskTotal() {
        return disk.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As events and REST show it. */
    public Map<String, Object> toMap() {
        return Map.of(
                "memory_bytes",
                new TreeMap<>(memory),
                "disk_bytes",
                new TreeMap<>(disk),
                "log_bytes",
                log,
                "largest_record_bytes",
                largestRecord);
    }
}
