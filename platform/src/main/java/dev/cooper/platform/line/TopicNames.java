package dev.cooper.platform.line;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of the topics of one installation: {@code cooper.prompts}, and {@code cooper.prompts.dlq} for what could not be
 * read from it.
 *
 * @param prefix letters, digits, dot, dash and underscore; at most 200 characters
 */
public record TopicNames(String prefix) {

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
    private static final String DEAD_LETTER = ".dlq";

    public TopicNames {
        if (!LEGAL.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix '" + prefix + "' must be 1 to 200 letters, digits, dots, dashes and underscores");
        }
    }

    public String name(Topic topic) {
        return prefix + "." + topic.suffix();
    }

    public String deadLetter(Topic topic) {
        return name(topic) + DEAD_LETTER;
    }

    /** The topic of that name; nothing for a dead-letter topic or one of another installation. */
    public Optional<Topic> topic(String name) {
        return Arrays.stream(Topic.values())
                .filter(topic -> name(topic).equals(name))
                .findFirst();
    }

    public String nameOf(OutgoingRecord record) {
        return record.deadLetter() ? deadLetter(record.topic()) : name(record.topic());
    }
}
