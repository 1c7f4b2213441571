package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SamplingReport;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The groups of a step at the moment when its manifest is frozen.
 *
 * @param excluded why a slot has no record in the manifest, by slot
 * @param measured seconds_sampling (from the first sampler's start to the last one's end), tokens_sampled,
 *     sampled_tokens_per_second; with a reward model what {@link RewardMetrics} and {@link ScoringTimes} say
 * @param judged what the manifest's records hold, in its order
 */
record FrozenGroups(
        Manifest manifest, Map<Integer, String> excluded, Map<String, Double> measured, List<Judged> judged) {

    static FrozenGroups of(Run run, Step step, GroupWatch<Judged> groups, TopicNames topics) {
        List<ClosedGroup.Usable<Judged>> usable = groups.usable();
        Map<Integer, String> excluded = new TreeMap<>();
        groups.failed().forEach(failed -> excluded.put(failed.slot(), inWords(failed.failure())));
        groups.missing().forEach(slot -> excluded.put(slot, "cut: the quorum had closed without it"));
        Manifest.Builder manifest =
                Manifest.newBuilder().setRunId(run.id()).setStep(step.number()).setKind(ModelKind.POLICY);
        usable.forEach(group -> manifest.addRecords(reference(group.slot(), group.record(), topics)));
        List<Judged> judged = usable.stream().map(ClosedGroup.Usable::content).toList();
        Map<String, Double> measured = new TreeMap<>(measure(judged));
        step.reward().ifPresent(_ -> measured.putAll(RewardMetrics.of(judged)));
        measured.putAll(ScoringTimes.of(judged));
        return new FrozenGroups(manifest.build(), excluded, measured, judged);
    }

    static String inWords(Failure failure) {
        return failure.getReason() + ": " + failure.getDetail();
    }

    static RecordRef reference(int slot, LogRecord record, TopicNames topics) {
        return RecordRef.newBuilder()
                .setSlot(slot)
                .setTopic(topics.name(record.topic()))
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setSha256(record.sha256())
                .build();
    }

    private static Map<String, Double> measure(List<Judged> groups) {
        List<Rollouts> rollouts =
                groups.stream().map(group -> group.rollouts().getRollouts()).toList();
        if (rollouts.isEmpty()) {
            return Map.of();
        }
        List<SamplingReport> reports =
                rollouts.stream().map(Rollouts::getReport).toList();
        long started =
                reports.stream().mapToLong(SamplingReport::getStartedAtMs).min().orElseThrow();
        long finished = reports.stream()
                .mapToLong(SamplingReport::getFinishedAtMs)
                .max()
                .orElseThrow();
        double seconds = (finished - started) / 1000.0;
        long tokens = rollouts.stream()
                .flatMap(group -> group.getCompletionsList().stream())
                .mapToLong(Completion::getTokenIdsCount)
                .sum();
        return Map.of(
                "seconds_sampling",
                seconds,
                "tokens_sampled",
                (double) tokens,
                "sampled_tokens_per_second",
                seconds > 0 ? tokens / seconds : 0.0);
    }

    String sha256() {
        return sha256(manifest);
    }

    /**
     * SHA-256 over the manifest's records: slot, partition, offset and SHA-256 of each, in their order; lower-case hex.
     */
    static String sha256(Manifest manifest) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (RecordRef record : manifest.getRecordsList()) {
                digest.update(ByteBuffer.allocate(16)
                        .putInt(record.getSlot())
                        .putInt(record.getPartition())
                        .putLong(record.getOffset())
                        .array());
                digest.update(HexFormat.of().parseHex(record.getSha256()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String excludedInWords() {
        return excluded.entrySet().stream()
                .map(entry -> "group " + entry.getKey() + " " + entry.getValue())
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; "));
    }
}
