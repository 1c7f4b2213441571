package dev.cooper.modelruntime.endpoint;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests and answers of the OpenAI-compatible chat completions, in JSON. */
final class ChatMessages {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int EXCERPT = 300;

    private ChatMessages() {}

    /** The prompt as one message of a user. */
    static String request(String model, ChatRequest request) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", request.prompt());
        body.put("temperature", request.temperature());
        // Not every server takes what changes nothing.
        if (request.topP() < 1) {
            body.put("top_p", request.topP());
        }
        body.put("max_tokens", request.maxTokens())
                // Servers take a signed integer of 32 bits at least.
                .put("seed", request.seed() >>> 33)
                .put("stream", false);
        return JSON.writeValueAsString(body);
    }

    /**
     * The text of the first choice; empty when the endpoint wrote none.
     *
     * @throws CooperException MODEL_FAULT if the answer is not one of a chat completion
     */
    static ChatText answer(String body, EndpointNames names) {
        JsonNode choice = parse(body, names).path("choices").path(0);
        JsonNode message = choice.path("message");
        JsonNode content = message.path("content");
        if (!message.isObject() || !(content.isString() || content.isNull() || content.isMissingNode())) {
            throw unreadable("choices[0].message.content is no text", body, names);
        }
        boolean truncated = choice.path("finish_reason").asString("").equals("length");
        return new ChatText(content.isString() ? content.stringValue() : "", truncated);
    }

    private static JsonNode parse(String body, EndpointNames names) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw unreadable("it is not JSON", body, names);
        }
    }

    private static CooperException unreadable(String problem, String body, EndpointNames names) {
        return new CooperException(
                FailureReason.MODEL_FAULT,
                names.endpoint() + " answered what is not a chat completion, " + problem + ": check that "
                        + names.of("url") + " is OpenAI-compatible; it said: " + excerpt(body));
    }

    /** The beginning of what an endpoint said. */
    static String excerpt(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
    }
}
