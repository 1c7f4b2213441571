package dev.cooper.languagemodel.tokenizer;

import dev.cooper.languagemodel.config.JsonFile;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Token → id as a tokenizer.json lists them: the model's own vocabulary and the added tokens. */
final class Vocabulary {
    private Vocabulary() {}

    static Map<String, Integer> of(JsonFile tokenizerJson) {
        Map<String, Integer> ids = new TreeMap<>();
        JsonNode vocabulary = tokenizerJson.root().path("model").path("vocab");
        if (vocabulary.isObject()) {
            vocabulary
                    .properties()
                    .forEach(token -> ids.put(token.getKey(), token.getValue().asInt()));
        } else {
            for (int id = 0; id < vocabulary.size(); id++) { // a Unigram model lists [token, score] in order of ids
                ids.put(vocabulary.get(id).path(0).asString(), id);
            }
        }
        for (JsonNode added : tokenizerJson.root().path("added_tokens")) {
            ids.put(added.path("content").asString(), added.path("id").asInt());
        }
        if (ids.isEmpty()) {
            throw tokenizerJson.invalid("model.vocab", "empty", "the tokens and their ids");
        }
        return ids;
    }
}
