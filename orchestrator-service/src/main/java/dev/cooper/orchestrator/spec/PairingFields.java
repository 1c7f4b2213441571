package dev.cooper.orchestrator.spec;

import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.Fields.Range;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.LengthRatio;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.RewriteStyle;
import dev.cooper.proto.v1.SourceShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The section {@code pairing} of a run specification: there in mode cooper, and only there. */
final class PairingFields {

    static final Map<String, NegativeSource> SOURCES = SpecFields.ordered(
            "assistant", NegativeSource.ASSISTANT, "self", NegativeSource.SELF, "edit", NegativeSource.EDIT);
    static final Map<String, RewriteStyle> STYLES =
            SpecFields.ordered("wrong", RewriteStyle.WRONG_THROUGHOUT, "minimal", RewriteStyle.MINIMAL);
    static final Map<String, AssistantKind> ASSISTANTS =
            SpecFields.ordered("embedded", AssistantKind.EMBEDDED, "endpoint", AssistantKind.ENDPOINT);

    private static final int MANY = 1_000_000;
    private static final int LONGEST = 1000;

    private PairingFields() {}

    /** @param mode empty when it could not be read: then only what is wrong in every mode is reported */
    static Optional<RunSpec.Pairing> read(Fields top, Optional<Mode> mode) {
        boolean given = top.has("pairing");
        if (mode.isPresent() && mode.get() != Mode.COOPER) {
            if (given) {
                top.problem(
                        "pairing",
                        "is not used in mode " + (mode.get() == Mode.RULE ? "rule" : "static")
                                + ", which trains no reward model; drop it, or set mode to cooper");
            }
            return Optional.empty();
        }
        return mode.isEmpty() && !given ? Optional.empty() : Optional.of(read(top.object("pairing")));
    }

    private static RunSpec.Pairing read(Fields fields) {
        PairingSettings settings = PairingSettings.newBuilder()
                .addAllSources(sources(fields))
                .setStyle(fields.choice("style", RewriteStyle.WRONG_THROUGHOUT, STYLES))
                .setAttempts(fields.whole("attempts", 3, 1, 100))
                .setTemperature(fields.number("temperature", 0.7, SpecFields.TEMPERATURES))
                .setExtraTokens(fields.whole("extra_tokens", 500, 0, MANY))
                .setAssistant(fields.choice("assistant", AssistantKind.EMBEDDED, ASSISTANTS))
                .setPrompt(prompt(fields))
                .setLengthRatio(lengthRatio(fields.object("length_ratio")))
                .setDigitCopies(fields.number("digit_copies", 0.5, Range.of(0, 1)))
                .setSameForm(fields.flag("same_form", true))
                .build();
        Duration allowed = fields.duration("time_allowed", Duration.ofMinutes(2));
        fields.refuseUnknown();
        return new RunSpec.Pairing(settings, allowed);
    }

    /** In an order of its own, so that the order in the document changes no draw. */
    private static List<SourceShare> sources(Fields fields) {
        if (!fields.has("sources")) {
            return List.of(share(NegativeSource.ASSISTANT, 1));
        }
        Fields given = fields.object("sources");
        List<SourceShare> shares = new ArrayList<>();
        for (Map.Entry<String, NegativeSource> source : SOURCES.entrySet()) {
            double share = given.number(source.getKey(), 0, Range.of(0, MANY));
            if (share > 0) {
                shares.add(share(source.getValue(), share));
            }
        }
        given.refuseUnknown();
        if (shares.isEmpty() && fields.isClean("sources")) {
            fields.problem(
                    "sources",
                    "must give at least one of " + String.join(", ", SOURCES.keySet())
                            + " a share above 0, such as {assistant: 1}");
        }
        return shares;
    }

    private static LengthRatio lengthRatio(Fields fields) {
        LengthRatio bounds = LengthRatio.newBuilder()
                .setLeast(fields.number("least", 0.5, Range.of(0, 1)))
                .setMost(fields.number("most", 2, Range.of(1, LONGEST)))
                .build();
        fields.refuseUnknown();
        return bounds;
    }

    private static SourceShare share(NegativeSource source, double share) {
        return SourceShare.newBuilder().setSource(source).setShare(share).build();
    }

    private static String prompt(Fields fields) {
        String prompt = fields.text("prompt", "");
        if (!prompt.isEmpty() && !prompt.contains("{{solution}}")) {
            fields.problem("prompt", "must contain {{solution}}, or the assistant never sees what it is to rewrite");
        }
        return prompt;
    }
}
