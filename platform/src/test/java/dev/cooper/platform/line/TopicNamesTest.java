package dev.cooper.platform.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {

    private final TopicNames names = new TopicNames("cooper");

    @Test
    void namesCarryThePrefix() {
        assertThat(names.name(Topic.PROMPTS)).isEqualTo("cooper.prompts");
        assertThat(names.name(Topic.MODEL_VERSIONS)).isEqualTo("cooper.model-versions");
        assertThat(names.deadLetter(Topic.STEP_EVENTS)).isEqualTo("cooper.step-events.dlq");
    }

    @ParameterizedTest
    @EnumSource
    void aNameLeadsBackToItsTopic(Topic topic) {
        assertThat(names.topic(names.name(topic))).contains(topic);
    }

    @Test
    void topicsOfOthersAreNotOurs() {
        assertThat(names.topic("cooper2.prompts")).isEmpty();
        assertThat(names.topic("cooper.prompts.dlq")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "slash/ed"})
    void aPrefixThatKafkaWouldRefuseIsRefused(String prefix) {
        assertThatThrownBy(() -> new TopicNames(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic prefix '" + prefix + "'");
    }
}
