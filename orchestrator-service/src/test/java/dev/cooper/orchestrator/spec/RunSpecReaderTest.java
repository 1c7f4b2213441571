package dev.cooper.orchestrator.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.cooper.orchestrator.dataset.DataSets;
import dev.cooper.orchestrator.spec.RunSpec.HackingPolicy;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.LengthRatio;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.RewriteStyle;
import dev.cooper.proto.v1.SourceShare;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSpecReaderTest {

    private static final String SMALLEST = """
            name: first
            steps: 10
            data:
              train: {path: train.jsonl}
            policy: {model: tiny}
            """;

    @TempDir
    Path folder;

    private RunSpecReader reader;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("train.jsonl"), "{\"question\": \"1 + 1?\", \"answer\": \"2\"}\n");
        Files.writeString(
                folder.resolve("labelled.jsonl"),
                "{\"question\": \"1 + 1?\", \"answer\": \"2\", \"completion\": \"2\", \"gold_correct\": true}\n");
        Path model = Files.createDirectory(folder.resolve("tiny"));
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            Files.writeString(model.resolve(file), "{}");
        }
        reader = new RunSpecReader(folder, new DataSets());
    }

    private List<FieldProblem> problems(String yaml) {
        return catchBad(() -> reader.readYaml(yaml)).problems();
    }

    private static BadInputException catchBad(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var caught = new BadInputException[1];
        assertThatThrownBy(call)
                .isInstanceOf(BadInputException.class)
                .satisfies(thrown -> caught[0] = (BadInputException) thrown);
        return caught[0];
    }

    @Test
    void smallestSpecificationGetsEveryDefault() {
        RunSpec spec = reader.readYaml(SMALLEST);

        assertThat(spec.mode()).isEqualTo(Mode.RULE);
        assertThat(spec.quorum()).isEqualTo(1);
        assertThat(spec.data().train().path())
                .isEqualTo(folder.resolve("train.jsonl").toString());
        assertThat(spec.data().train().sha256()).hasSize(64);
        assertThat(spec.policy().model()).isEqualTo(folder.resolve("tiny").toString());
        assertThat(spec.prompt().render("Q")).isEqualTo("Q\n");
        assertThat(spec.sampling().settings().getGroupSize()).isEqualTo(8);
        assertThat(spec.sampling().timeAllowed()).isEqualTo(Duration.ofMinutes(2));
        assertThat(spec.training().getLearningRate()).isEqualTo(1e-6);
        assertThat(spec.training().getTemperature()).isEqualTo(1);
        assertThat(spec.training().getGrpo().getKlEstimator()).isEqualTo("k3");
        assertThat(spec.training().getGrpo().getKlCoefficient()).isEqualTo(0.001);
        assertThat(spec.training().getGrpo().getClipHigh()).isEqualTo(0.2);
        assertThat(spec.training().getGrpo().getAdvantageEpsilon()).isEqualTo(1e-6);
        assertThat(spec.evaluation()).isEmpty();
    }

    @Test
    void everyFieldIsReadAndWrittenBackEqual() {
        RunSpec spec = reader.readYaml("""
                name: all
                mode: rule
                seed: -3
                steps: 7
                quorum: 0.9
                max_attempts: 5
                recovery: continue
                data:
                  train: {path: train.jsonl, format: jsonl, columns: {id: question, question: "{{question}}", answer: answer}, limit: 1}
                  heldout: {path: train.jsonl}
                prompt: {template: "Q: {{question}}\\nA:"}
                policy: {model: tiny}
                sampling: {prompts_per_step: 4, group_size: 2, temperature: 0.9, top_p: 0.95, top_k: 50, max_new_tokens: 64,
                  stop: ["\\n\\n"], deterministic: true, precision: bfloat16, time_allowed: 90s}
                training: {learning_rate: 3e-4, warmup_steps: 0, weight_decay: 0, max_gradient_norm: 0.5, mini_batches: 2,
                  micro_batch_tokens: 512, activation_checkpointing: true, checkpoint_every: 1, keep_versions: 9,
                  grpo: {clip_low: 0.1, clip_high: 0.28, dual_clip: 3, kl_coefficient: 0, kl_estimator: k1,
                    aggregation: sequence-sum, constant_length: 64, divide_by_std: false, leave_one_out: true,
                    advantage_epsilon: 1e-4, mask_truncated: true, mask_undecided: true}}
                evaluation: {every: 3, problems: 1, samples: 1, temperature: 0.5, top_p: 1, top_k: 1, max_new_tokens: 32, time_allowed: 1h}
                """);

        assertThat(spec.training().getLearningRate()).isEqualTo(3e-4);
        assertThat(spec.sampling().timeAllowed()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.evaluation().orElseThrow().settings().getTopK()).isEqualTo(1);
        assertThat(RunSpecJson.read(RunSpecJson.write(spec))).isEqualTo(spec);
        assertThat(reader.readJson(RunSpecJson.write(spec).toString())).isEqualTo(spec);
        assertThat(reader.readYaml(RunSpecJson.write(spec).toString())).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            stepz: 5                                | stepz                     | did you mean steps?
            colour: red                             | colour                    | known here: name, mode
            mode: static                            | reward.model              | is missing: give the folder of a reward model
            mode: cooper                            | reward.model              | is missing: give the folder of a reward model
            reward: {model: tiny}                   | reward                    | is not used in mode rule
            hacking: {policy: pause}                | hacking                   | is not used in mode rule
            pairing: {style: minimal}               | pairing                   | is not used in mode rule
            policy: {model: tiny, checksum: abc}    | policy.checksum           | must be a SHA-256 in hex
            notify: {on: [failed]}                  | notify.url                | is missing
            notify: {url: "ftp://x/y"}              | notify.url                | must be an http or https address with a host
            notify: {url: "http:/x"}                | notify.url                | must be an http or https address with a host
            notify: {url: "http://x", on: [done]}   | notify.on[0]              | must be one of completed, failed, paused
            notify: {url: "http://x", on: []}       | notify.on                 | nobody is ever told
            mode: rules                             | mode                      | did you mean rule?
            seed: many                              | seed                      | must be a whole number, got "many"
            seed: 1.5                               | seed                      | must be a whole number
            quorum: 0                               | quorum                    | above 0 and at most 1
            quorum: 1.5                             | quorum                    | above 0 and at most 1
            max_attempts: 0                         | max_attempts              | must be from 1 to 100, got 0
            recovery: exactly                       | recovery                  | did you mean exact?
            sampling: {group_size: 1}               | sampling.group_size       | a group of one has no spread, so its advantage is always zero; use at least 2
            sampling: {group-size: 4}               | sampling.group-size       | did you mean group_size?
            sampling: {temperature: 0}              | sampling.temperature      | above 0
            sampling: {top_p: 1.01}                 | sampling.top_p            | at most 1
            sampling: {time_allowed: 90}            | sampling.time_allowed     | must be a time with its unit, such as 90s, 2m or 1h, got 90
            sampling: {time_allowed: 0s}            | sampling.time_allowed     | must be a time with its unit
            sampling: {stop: "x"}                   | sampling.stop             | must be a list of texts
            sampling: {stop: [1]}                   | sampling.stop[0]          | must be a text
            sampling: {precision: half}             | sampling.precision        | must be one of float32, bfloat16
            sampling: {deterministic: 1}            | sampling.deterministic    | must be true or false
            sampling: 5                             | sampling                  | must be a section of its own
            prompt: {template: "Solve:"}            | prompt.template           | must contain {{question}}
            prompt: {template: 5}                   | prompt.template           | must be a text, got 5
            training: {learning_rate: 0}            | training.learning_rate    | above 0
            training: {learning_rate: fast}         | training.learning_rate    | must be a number, got "fast"
            training: {mini_batches: 1000}          | training.mini_batches     | at most the completions of a step, 128
            training: {grpo: {kl_estimator: k4}}    | training.grpo.kl_estimator | must be one of k1, k2, k3
            training: {grpo: {dual_clip: 0.5}}      | training.grpo.dual_clip   | must be above 1
            training: {grpo: {constant_length: 0}}  | training.grpo.constant_length | must be from 1 to
            evaluation: {every: 5}                  | data.heldout              | an evaluation needs held-out problems
            """)
    void wrongFieldIsNamedWithItsFix(String line, String field, String message) {
        // A line that names the policy takes the place of the smallest one's.
        String document = line.startsWith("policy:") ? SMALLEST.replace("policy: {model: tiny}\n", "") : SMALLEST;
        refuses(document + line + "\n", field, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cooper | reward: {model: tiny, every: 0}                        | reward.every                  | must be from 1 to
            cooper | reward: {model: tiny, checksum: ab}                    | reward.checksum               | must be a SHA-256 in hex
            cooper | reward: {model: tiny, templet: x}                      | reward.templet                | did you mean template?
            cooper | reward: {model: tiny, template: "{{question}}"}        | reward.template               | must contain {{completion}}
            cooper | reward: {model: tiny, cut: {over: 100}}                | reward.cut.over               | must be at least first + last, 1500, got 100
            cooper | reward: {model: tiny, cut: {first: 0}}                 | reward.cut.first              | must be from 1 to
            cooper | reward: {model: tiny, training: {learning_rate: 0}}    | reward.training.learning_rate | above 0
            cooper | reward: {model: tiny, training: {mini_batches: 2}}     | reward.training.mini_batches  | is not a field
            cooper | reward: {model: tiny, training: {keep_versions: 1}}    | reward.training.keep_versions | must be from 2 to
            cooper | reward: {model: nowhere}                               | reward.model                  | there is no folder
            cooper | reward: {model: tiny}, pairing: {sources: {oracle: 1}} | pairing.sources.oracle        | known here: assistant, self, edit
            cooper | reward: {model: tiny}, pairing: {sources: {self: -1}}  | pairing.sources.self          | must be at least 0
            cooper | reward: {model: tiny}, pairing: {sources: {self: 0}}   | pairing.sources               | must give at least one of assistant, self, edit a share above 0
            cooper | reward: {model: tiny}, pairing: {sources: {}}          | pairing.sources               | a share above 0
            cooper | reward: {model: tiny}, pairing: {sources: self}        | pairing.sources               | must be a section of its own
            cooper | reward: {model: tiny}, pairing: {style: wronk}         | pairing.style                 | did you mean wrong?
            cooper | reward: {model: tiny}, pairing: {attempts: 0}          | pairing.attempts              | must be from 1 to 100
            cooper | reward: {model: tiny}, pairing: {temperature: 0}       | pairing.temperature           | above 0
            cooper | reward: {model: tiny}, pairing: {extra_tokens: -1}     | pairing.extra_tokens          | must be from 0 to
            cooper | reward: {model: tiny}, pairing: {assistant: gpt}       | pairing.assistant             | must be one of embedded, endpoint
            cooper | reward: {model: tiny}, pairing: {prompt: "Be wrong"}   | pairing.prompt                | must contain {{solution}}
            cooper | reward: {model: tiny}, pairing: {length_ratio: 2}      | pairing.length_ratio          | must be a section of its own
            cooper | reward: {model: tiny}, pairing: {length_ratio: {least: 1.5}} | pairing.length_ratio.least | must be at least 0 and at most 1
            cooper | reward: {model: tiny}, pairing: {length_ratio: {most: 0.9}}  | pairing.length_ratio.most  | must be at least 1 and at most 1000
            cooper | reward: {model: tiny}, pairing: {length_ratio: {max: 2}}     | pairing.length_ratio.max   | is not a field
            cooper | reward: {model: tiny}, pairing: {digit_copies: 1.1}    | pairing.digit_copies          | must be at least 0 and at most 1
            cooper | reward: {model: tiny}, pairing: {same_form: "yes"}     | pairing.same_form             | must be true or false
            cooper | reward: {model: tiny}, pairing: {time_allowed: 5}      | pairing.time_allowed          | must be a time with its unit
            cooper | reward: {model: tiny, probe: {}}                       | reward.probe.path             | is missing: give a file of JSON lines
            cooper | reward: {model: tiny, probe: {path: none.jsonl}}       | reward.probe.path             | there is no file
            cooper | reward: {model: tiny, probe: {path: train.jsonl}}      | reward.probe.path             | it has no gold_correct
            cooper | reward: {model: tiny, probe: {path: labelled.jsonl, sha256: ab}} | reward.probe.sha256 | bring back the file
            cooper | reward: {model: tiny, probe: {path: labelled.jsonl, every: 0}}   | reward.probe.every  | must be from 1 to
            cooper | reward: {model: tiny, training: {anchor: {path: labelled.jsonl, weight: 0}}} | reward.training.anchor.weight | above 0
            cooper | reward: {model: tiny, training: {anchor: {path: labelled.jsonl, examples: 0}}} | reward.training.anchor.examples | must be from 1 to
            cooper | reward: {model: tiny, training: {anchor: {path: train.jsonl}}} | reward.training.anchor.path | it has no gold_correct
            cooper | reward: {model: tiny, probe: {path: labelled.jsonl, every: 2, max_drop: 0.1}} | reward.probe.every | must be 1 with max_drop
            cooper | reward: {model: tiny, probe: {path: labelled.jsonl, max_drop: 2}}   | reward.probe.max_drop | at most 1
            cooper | reward: {model: tiny, probe: {path: labelled.jsonl, metric: f1}}    | reward.probe.metric | must be one of accuracy, auc
            cooper | reward: {model: tiny, probe: {path: labelled.jsonl, metric: auc}}   | reward.probe.metric | has only one kind
            cooper | reward: {model: tiny, train_from: 5, train_to: 4}      | reward.train_to               | must be at least train_from, 5
            cooper | reward: {model: tiny, train_from: 0}                   | reward.train_from             | must be from 1 to
            static | reward: {model: tiny, train_to: 3}                     | reward.train_to               | is not used in mode static
            static | reward: {model: tiny, probe: {path: labelled.jsonl, max_drop: 0.1}} | reward.probe.max_drop | is not used in mode static
            static | reward: {model: tiny, probe: {path: labelled.jsonl, every: 2}} | reward.probe.every    | is not used in mode static
            static | reward: {model: tiny, every: 2}                        | reward.every                  | is not used in mode static
            static | reward: {model: tiny, training: {}}                    | reward.training               | is not used in mode static
            static | reward: {model: tiny}, pairing: {}                     | pairing                       | is not used in mode static
            static | reward: {model: tiny}, hacking: {policy: rollback}     | hacking.policy                | use alert or pause, or set mode to cooper
            cooper | reward: {model: tiny}, hacking: {policy: stop}         | hacking.policy                | must be one of alert, pause, rollback
            cooper | reward: {model: tiny}, hacking: {baseline_steps: 0}    | hacking.baseline_steps        | must be from 1 to
            cooper | reward: {model: tiny}, hacking: {gap_excess: 0}        | hacking.gap_excess            | above 0
            cooper | reward: {model: tiny}, hacking: {false_positive_excess: 1.5} | hacking.false_positive_excess | at most 1
            cooper | reward: {model: tiny}, hacking: {auc_drop: large}      | hacking.auc_drop              | must be a number
            cooper | reward: {model: tiny}, hacking: {window: 0}            | hacking.window                | must be from 1 to
            cooper | reward: {model: tiny}, hacking: {least_completions: 0} | hacking.least_completions     | must be from 1 to
            cooper | reward: {model: tiny}, hacking: {examples: 21}         | hacking.examples              | must be from 0 to 20
            cooper | reward: {model: tiny}, hacking: {windows: 3}           | hacking.windows               | did you mean window?
            colour | reward: {model: tiny}, pairing: {attempts: 2}          | mode                          | must be one of rule, static, cooper
            """)
    void wrongFieldOfTheRewardModelIsNamedWithItsFix(String mode, String fields, String field, String message) {
        refuses(
                SMALLEST + "mode: " + mode + "\n"
                        + fields.replace("}, pairing", "}\npairing").replace("}, hacking", "}\nhacking") + "\n",
                field,
                message);
    }

    private static String heldOut(String heldOut) {
        return SMALLEST.replace("train.jsonl}", "train.jsonl}\n  heldout: " + heldOut);
    }

    @Test
    void severalHeldOutSetsAreReadAndWrittenBackEqual() {
        RunSpec spec = reader.readYaml(heldOut("[{path: train.jsonl, name: gsm8k}, {path: train.jsonl, limit: 1}]"
                + "\nevaluation: {every: 5, time_allowed: 3h}"));

        assertThat(spec.data().heldout()).extracting(RunSpec.HeldOut::name).containsExactly("gsm8k", "train");
        assertThat(spec.data().heldout()).allSatisfy(set -> {
            assertThat(set.source().path())
                    .isEqualTo(folder.resolve("train.jsonl").toString());
            assertThat(set.source().sha256()).hasSize(64);
        });
        assertThat(spec.evaluation().orElseThrow().timeAllowed()).isEqualTo(Duration.ofHours(3));
        assertThat(RunSpecJson.read(RunSpecJson.write(spec))).isEqualTo(spec);
        assertThat(reader.readJson(RunSpecJson.write(spec).toString())).isEqualTo(spec);
    }

    @Test
    void singleHeldOutSetMayStandAloneAndIsNamedAfterItsFile() {
        RunSpec alone = reader.readYaml(heldOut("{path: train.jsonl}\nevaluation: {}"));

        assertThat(alone.data().heldout()).extracting(RunSpec.HeldOut::name).containsExactly("train");
        assertThat(alone.evaluation().orElseThrow().timeAllowed())
                .as("as for training")
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(RunSpecJson.read(RunSpecJson.write(alone))).isEqualTo(alone);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{path: train.jsonl}, {path: train.jsonl}]            | data.heldout[1].name | there are two sets of the name train
            [{path: train.jsonl, name: "a/b"}]                    | data.heldout[0].name | letters, digits
            [{path: train.jsonl}, {path: none.jsonl, name: b}]    | data.heldout[1].path | there is no file
            [{path: train.jsonl}, {name: b}]                      | data.heldout[1].path | is missing
            [{path: train.jsonl, names: b}]                       | data.heldout[0].names | did you mean name?
            [train.jsonl]                                         | data.heldout[0]      | must be a section of its own
            train.jsonl                                           | data.heldout         | must be a section of its own
            """)
    void wrongHeldOutSetIsNamedWithItsFix(String heldOut, String field, String message) {
        refuses(heldOut(heldOut), field, message);
    }

    private void refuses(String document, String field, String message) {
        assertThat(problems(document))
                .singleElement()
                .asInstanceOf(type(FieldProblem.class))
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.message()).contains(message);
                });
    }

    @Test
    void rewardModelIsTrainedOnlyInModeCooper() {
        RunSpec frozen = reader.readYaml(SMALLEST + "mode: static\nreward: {model: tiny}\n");
        RunSpec trained = reader.readYaml(
                SMALLEST.replace("steps: 10", "steps: 400") + "mode: cooper\nreward: {model: tiny, every: 2}\n");

        assertThat(frozen.reward().orElseThrow().training()).isEmpty();
        assertThat(frozen.pairing()).isEmpty();
        assertThat(frozen.trainsRewardIn(2)).isFalse();
        RunSpec.Reward reward = trained.reward().orElseThrow();
        assertThat(reward.model()).isEqualTo(folder.resolve("tiny").toString());
        assertThat(reward.scoring().getTemplate()).isEmpty();
        assertThat(reward.scoring().getCutOverCharacters()).isEqualTo(1500);
        assertThat(reward.scoring().getKeepFirstCharacters()).isEqualTo(500);
        assertThat(reward.scoring().getKeepLastCharacters()).isEqualTo(1000);
        assertThat(reward.training().orElseThrow().getLearningRate()).isEqualTo(1e-5);
        // 1% of 200 updates.
        assertThat(reward.training().orElseThrow().getWarmupSteps()).isEqualTo(2);
        assertThat(reward.training().orElseThrow().getScoring()).isEqualTo(reward.scoring());
        RunSpec.Pairing pairing = trained.pairing().orElseThrow();
        assertThat(pairing.settings().getSourcesList())
                .containsExactly(SourceShare.newBuilder()
                        .setSource(NegativeSource.ASSISTANT)
                        .setShare(1)
                        .build());
        assertThat(pairing.settings().getStyle()).isEqualTo(RewriteStyle.WRONG_THROUGHOUT);
        assertThat(pairing.settings().getAttempts()).isEqualTo(3);
        assertThat(pairing.settings().getTemperature()).isEqualTo(0.7);
        assertThat(pairing.settings().getExtraTokens()).isEqualTo(500);
        assertThat(pairing.settings().getAssistant()).isEqualTo(AssistantKind.EMBEDDED);
        assertThat(pairing.settings().getLengthRatio())
                .isEqualTo(LengthRatio.newBuilder().setLeast(0.5).setMost(2).build());
        assertThat(pairing.settings().getDigitCopies()).isEqualTo(0.5);
        assertThat(pairing.settings().getSameForm()).isTrue();
        assertThat(pairing.timeAllowed()).isEqualTo(Duration.ofMinutes(2));
        assertThat(List.of(trained.trainsRewardIn(1), trained.trainsRewardIn(2)))
                .containsExactly(false, true);
        assertThat(RunSpecJson.read(RunSpecJson.write(frozen))).isEqualTo(frozen);
        assertThat(RunSpecJson.read(RunSpecJson.write(trained))).isEqualTo(trained);
    }

    @Test
    void everyFieldOfTheRewardModelIsReadAndWrittenBackEqual() {
        String checksum = "0123456789abcdef".repeat(4);
        RunSpec spec = reader.readYaml(SMALLEST + """
                mode: cooper
                reward: {model: tiny, checksum: %s, template: "Q {{question}} R {{reference}} C {{completion}}",
                  cut: {over: 100, first: 30, last: 70}, every: 3, train_from: 2, train_to: 8,
                  training: {learning_rate: 2e-5, warmup_steps: 1, weight_decay: 0.1, max_gradient_norm: 2,
                    micro_batch_tokens: 256, activation_checkpointing: true, checkpoint_every: 2, keep_versions: 3,
                    anchor: {path: labelled.jsonl, weight: 0.5, examples: 4}},
                  probe: {path: labelled.jsonl, limit: 1, metric: accuracy, max_drop: 0.05}}
                pairing: {sources: {edit: 1, self: 0.5, assistant: 0}, style: minimal, attempts: 2, temperature: 0.3,
                  extra_tokens: 40, assistant: endpoint, prompt: "Spoil {{solution}}", time_allowed: 30s,
                  length_ratio: {least: 0.25, most: 3}, digit_copies: 0, same_form: false}
                notify: {url: "https://example.org/hook", on: [paused, failed]}
                """.formatted(checksum));

        assertThat(spec.reward().orElseThrow().checksum()).isEqualTo(checksum);
        TrainingSettings training =
                spec.reward().orElseThrow().trainerSettings().orElseThrow();
        assertThat(training.getAnchor().getPath())
                .isEqualTo(folder.resolve("labelled.jsonl").toString());
        assertThat(training.getAnchor().getSha256()).hasSize(64);
        assertThat(training.getAnchor().getSeed()).isEqualTo(spec.seed());
        assertThat(training.getProbe().getSha256())
                .isEqualTo(training.getAnchor().getSha256());
        assertThat(training.getProbe().getEvery()).isEqualTo(1);
        assertThat(training.getProbe().getMaxDrop()).isEqualTo(0.05);
        assertThat(IntStream.rangeClosed(1, 10).filter(spec::trainsRewardIn)).containsExactly(3, 6);
        assertThat(spec.pairing().orElseThrow().settings().getSourcesList())
                .extracting(SourceShare::getSource)
                .containsExactly(NegativeSource.SELF, NegativeSource.EDIT);
        assertThat(spec.pairing().orElseThrow().settings()).satisfies(settings -> {
            assertThat(settings.getLengthRatio().getLeast()).isEqualTo(0.25);
            assertThat(settings.getLengthRatio().getMost()).isEqualTo(3);
            assertThat(settings.hasDigitCopies()).isTrue();
            assertThat(settings.getDigitCopies()).isZero();
            assertThat(settings.getSameForm()).isFalse();
        });
        assertThat(spec.webhook().orElseThrow().on())
                .containsExactlyInAnyOrder(RunSpec.Occasion.PAUSED, RunSpec.Occasion.FAILED);
        assertThat(RunSpecJson.read(RunSpecJson.write(spec))).isEqualTo(spec);
        assertThat(reader.readJson(RunSpecJson.write(spec).toString())).isEqualTo(spec);
    }

    @Test
    void runWithARewardModelIsWatchedForHacking() {
        RunSpec frozen = reader.readYaml(SMALLEST + "mode: static\nreward: {model: tiny}\n");
        RunSpec trained = reader.readYaml(SMALLEST + """
                mode: cooper
                reward: {model: tiny}
                hacking: {baseline_steps: 20, gap_excess: 0.2, false_positive_excess: 0.3, auc_drop: 0.05, window: 3,
                  least_completions: 50, policy: rollback, examples: 2}
                """);

        assertThat(reader.readYaml(SMALLEST).hacking()).isEmpty();
        assertThat(frozen.hacking()).contains(new RunSpec.Hacking(10, 0.1, 0.15, 0.1, 5, 30, HackingPolicy.ALERT, 5));
        assertThat(trained.hacking())
                .contains(new RunSpec.Hacking(20, 0.2, 0.3, 0.05, 3, 50, HackingPolicy.ROLLBACK, 2));
        assertThat(RunSpecJson.read(RunSpecJson.write(frozen))).isEqualTo(frozen);
        assertThat(RunSpecJson.read(RunSpecJson.write(trained))).isEqualTo(trained);
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        List<FieldProblem> problems = problems("""
                nmae: x
                steps: -1
                data:
                  train: {path: nowhere.jsonl, colums: {}}
                policy: {model: missing}
                sampling: {group_size: 1, tempreature: 2}
                """);

        assertThat(problems)
                .extracting(FieldProblem::field)
                .containsExactlyInAnyOrder(
                        "name",
                        "nmae",
                        "steps",
                        "data.train.colums",
                        "policy.model",
                        "sampling.group_size",
                        "sampling.tempreature");
    }

    @Test
    void emptyObjectMissesWhatIsRequired() {
        assertThat(problems("{}"))
                .extracting(FieldProblem::field)
                .containsExactlyInAnyOrder("name", "steps", "data.train.path", "policy.model");
    }

    @Test
    void brokenYamlNamesLineAndColumn() {
        assertThat(problems("name: x\nsteps: [1, 2\npolicy: {model: y}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("is not readable as YAML: line 3, column ")
                        .contains("expected")
                        .doesNotContain("\n"));
    }

    @Test
    void brokenJsonNamesLineAndColumn() {
        assertThat(catchBad(() -> reader.readJson("{\"name\": \"x\",\n \"steps\": }"))
                        .problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.message()).contains("is not readable as JSON: line 2, column "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``              | the specification is empty
            `- a`           | must be a map of fields
            `name: a\nname: b` | line 2
            """)
    void whatIsNoMapOfFieldsIsRefused(String text, String message) {
        assertThat(problems(text.replace("\\n", "\n")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(message));
    }

    @Test
    void modelFolderMustBeWhole() throws IOException {
        Files.delete(folder.resolve("tiny/tokenizer.json"));
        assertThat(problems(SMALLEST))
                .containsExactly(new FieldProblem(
                        "policy.model",
                        "the folder " + folder.resolve("tiny")
                                + " has no tokenizer.json; a model in Hugging Face layout has config.json, tokenizer.json and"
                                + " *.safetensors"));
    }

    @Test
    void badDataSetIsToldUnderItsField() throws IOException {
        Files.writeString(folder.resolve("train.jsonl"), "{\"problem\": \"1 + 1?\", \"solution\": \"2\"}\n");

        assertThat(problems(SMALLEST)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("data.train.columns.question");
            assertThat(problem.message()).endsWith("has no column question; it has problem, solution");
        });
    }

    @Test
    void dataSetOfOtherBytesThanPinnedIsRefused() {
        assertThat(problems(SMALLEST.replace("train.jsonl", "train.jsonl, sha256: abc")))
                .extracting(FieldProblem::field)
                .containsExactly("data.train.sha256");
    }
}
