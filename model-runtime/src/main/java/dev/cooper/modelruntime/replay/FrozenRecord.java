package dev.cooper.modelruntime.replay;

import dev.cooper.platform.line.LogRecord;

/**
 * A record of a step's manifest, as the archive has it.
 *
 * @param sha256 of the record's value when the manifest was frozen, lower-case hex
 */
public record FrozenRecord(int slot, String sha256, LogRecord record) {}
