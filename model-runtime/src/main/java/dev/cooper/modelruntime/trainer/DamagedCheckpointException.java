package dev.cooper.modelruntime.trainer;

/** A checkpoint is not what was written: the message names the file. */
final class DamagedCheckpointException extends Exception {

    DamagedCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    DamagedCheckpointException(String message) {
        super(message);
    }
}
