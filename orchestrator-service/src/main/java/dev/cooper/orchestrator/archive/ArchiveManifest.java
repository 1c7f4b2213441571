package dev.cooper.orchestrator.archive;

import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Origin;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.RecordRef;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code manifest.json} of an archived step: its versions, its manifests, and the SHA-256 of the other files.
 *
 * @param files SHA-256, by name
 */
record ArchiveManifest(String runId, long step, Update policy, Optional<Update> reward, Map<String, String> files) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What the step did to one model. */
    record Update(
            ModelRef before,
            Optional<ModelRef> after,
            String batchSha256,
            String manifestSha256,
            Manifest manifest,
            Optional<Origin> origin) {
        static Update of(ModelUpdate update, Manifest manifest) {
            return new Update(
                    update.before(),
                    update.after(),
                    update.batchSha256(),
                    update.manifestSha256(),
                    manifest,
                    update.origin());
        }
    }

    ArchiveManifest {
        files = Map.copyOf(files);
    }

    /** @param groups of the records that are archived, which name the same as the step's own when it has one */
    static ArchiveManifest of(Run run, Step step, Manifest groups, Manifest pairs, Map<String, String> files) {
        return new ArchiveManifest(
                run.id(),
                step.number(),
                Update.of(step.policy(), groups),
                step.reward().map(update -> Update.of(update, pairs)),
                files);
    }

    String toJson() {
        ObjectNode top = JSON.createObjectNode();
        top.put("run_id", runId);
        top.put("step", step);
        put(top.putObject("policy"), policy);
        reward.ifPresent(update -> put(top.putObject("reward"), update));
        ObjectNode sums = top.putObject("files");
        new TreeMap<>(files).forEach(sums::put);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(top) + "\n";
    }

    private static void put(ObjectNode node, Update update) {
        version(node.putObject("before"), update.before());
        update.after().ifPresent(after -> version(node.putObject("after"), after));
        update.origin().ifPresent(origin -> {
            ObjectNode from = node.putObject("origin");
            from.put("step", origin.step());
            version(from.putObject("version"), origin.version());
        });
        node.put("batch_sha256", update.batchSha256());
        node.put("manifest_sha256", update.manifestSha256());
        ArrayNode records = node.putArray("records");
        for (RecordRef ref : update.manifest().getRecordsList()) {
            ObjectNode record = records.addObject();
            record.put("slot", ref.getSlot());
            record.put("topic", ref.getTopic());
            record.put("partition", ref.getPartition());
            record.put("offset", ref.getOffset());
            record.put("sha256", ref.getSha256());
        }
    }

    private static void version(ObjectNode node, ModelRef version) {
        node.put("number", version.getNumber());
        node.put("incarnation", version.getIncarnation());
        node.put("checksum", version.getChecksum());
    }

    /** @throws RuntimeException when the text is not what {@link #toJson} writes */
    static ArchiveManifest parse(String text) {
        JsonNode top = JSON.readTree(text);
        String runId = top.required("run_id").stringValue();
        long step = top.required("step").longValue();
        Map<String, String> files = new TreeMap<>();
        top.required("files")
                .properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().stringValue()));
        return new ArchiveManifest(
                runId,
                step,
                update(runId, step, ModelKind.POLICY, top.required("policy")),
                Optional.ofNullable(top.get("reward")).map(node -> update(runId, step, ModelKind.REWARD, node)),
                files);
    }

    private static Update update(String runId, long step, ModelKind kind, JsonNode node) {
        Manifest.Builder manifest =
                Manifest.newBuilder().setRunId(runId).setStep(step).setKind(kind);
        for (JsonNode record : node.required("records")) {
            manifest.addRecords(RecordRef.newBuilder()
                    .setSlot(record.required("slot").intValue())
                    .setTopic(record.required("topic").stringValue())
                    .setPartition(record.required("partition").intValue())
                    .setOffset(record.required("offset").longValue())
                    .setSha256(record.required("sha256").stringValue().toLowerCase(Locale.ROOT)));
        }
        return new Update(
                version(node.required("before")),
                Optional.ofNullable(node.get("after")).map(ArchiveManifest::version),
                node.required("batch_sha256").stringValue(),
                node.required("manifest_sha256").stringValue(),
                manifest.build(),
                Optional.ofNullable(node.get("origin"))
                        .map(from -> new Origin(from.required("step").longValue(), version(from.required("version")))));
    }

    private static ModelRef version(JsonNode node) {
        return ModelRef.newBuilder()
                .setNumber(node.required("number").longValue())
                .setIncarnation(node.required("incarnation").intValue())
                .setChecksum(node.required("checksum").stringValue())
                .build();
    }
}
