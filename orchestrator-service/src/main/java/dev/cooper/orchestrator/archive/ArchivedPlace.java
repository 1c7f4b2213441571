package dev.cooper.orchestrator.archive;

/**
 * Where a record stood on the log.
 *
 * @param topic its full name
 * @param sha256 of the record's value, lower-case hex
 */
public record ArchivedPlace(String topic, int partition, long offset, String sha256) {}
