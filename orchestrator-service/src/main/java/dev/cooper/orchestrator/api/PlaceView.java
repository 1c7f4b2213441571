package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.archive.ArchivedPlace;

/** Where a record stood on the log, and the SHA-256 of its value. */
public record PlaceView(String topic, int partition, long offset, String sha256) {
    static PlaceView of(ArchivedPlace place) {
        return new PlaceView(place.topic(), place.partition(), place.offset(), place.sha256());
    }
}
