package dev.cooper.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ModelsCommandTest {

    @Test
    void aVersionIsOneLineOfWhatMadeItWhereItIsAndHowGoodItIs() {
        String trained = ModelsCommand.line(JsonMapper.shared().readTree("""
                {"version": {"number": 3, "incarnation": 0, "checksum": "0123456789abcdef"}, "made": "trained",
                 "step": 4, "from": {"number": 2, "incarnation": 0, "checksum": "ff"},
                 "metrics": {"probe_accuracy": 0.875}, "stored": "weights", "bytes": 7, "pinned": true}"""));
        String gone = ModelsCommand.line(JsonMapper.shared().readTree("""
                {"version": {"number": 0, "incarnation": 0, "checksum": "ab"}, "made": "initial", "step": 0,
                 "from": null, "metrics": {}, "stored": null, "bytes": null, "pinned": false}"""));

        assertThat(trained.split("\\s{2,}"))
                .containsExactly(
                        "", "3", "step 4", "trained from 2", "0123456789ab", "weights pinned", "probe_accuracy 0.8750");
        assertThat(gone.split("\\s{2,}")).containsExactly("", "0", "step 0", "initial", "ab", "gone");
    }
}
