package dev.cooper.orchestrator.spec;

import dev.cooper.orchestrator.spec.RunSpec.Occasion;
import dev.cooper.platform.spec.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The section {@code notify} of a run specification. */
final class WebhookFields {

    static final Map<String, Occasion> OCCASIONS =
            SpecFields.ordered("completed", Occasion.COMPLETED, "failed", Occasion.FAILED, "paused", Occasion.PAUSED);

    private WebhookFields() {}

    static RunSpec.Webhook read(Fields fields) {
        String url = fields.requiredText("url", "the address that is told, such as https://example.org/hook");
        if (!url.isBlank() && !isHttp(url)) {
            fields.problem("url", "must be an http or https address with a host, got " + url);
        }
        Set<Occasion> on = EnumSet.noneOf(Occasion.class);
        List<String> names = fields.texts("on", List.copyOf(OCCASIONS.keySet()));
        for (int i = 0; i < names.size(); i++) {
            Occasion occasion = OCCASIONS.get(names.get(i));
            if (occasion == null) {
                fields.problem(
                        "on[" + i + "]",
                        "must be one of " + String.join(", ", OCCASIONS.keySet()) + ", got " + names.get(i));
            } else {
                on.add(occasion);
            }
        }
        if (names.isEmpty() && fields.keys().contains("on")) {
            fields.problem("on", "is empty, so nobody is ever told; name an occasion, or drop notify");
        }
        fields.refuseUnknown();
        return new RunSpec.Webhook(url, on);
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
