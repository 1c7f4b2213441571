package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.archive.ParquetStepArchive;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunProgress;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.NotFoundException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The steps of a run over HTTP, and what was sampled, scored and paired in them. */
@RestController
@RequestMapping("/api/v1/runs/{id}/steps")
@Tag(name = "Steps", description = "What a run did, step by step")
public class StepController {

    private final RunDesk desk;
    private final ParquetStepArchive archive;
    private final LiveProgress live;

    public StepController(RunDesk desk, ParquetStepArchive archive, LiveProgress live) {
        this.desk = desk;
        this.archive = archive;
        this.live = live;
    }

    @Operation(summary = "The run's steps from a number on")
    @GetMapping
    public List<StepView> steps(@PathVariable String id, @RequestParam(defaultValue = "0") long from) {
        if (from < 0) {
            throw CooperException.badInput("from", "from must be the number of a step, 0 or above, got " + from);
        }
        Optional<RunProgress> progress = live.of(id);
        return desk.steps(id, from).stream()
                .map(step -> StepView.of(step, progress))
                .toList();
    }

    @Operation(summary = "One step")
    @GetMapping("/{number}")
    public StepView step(@PathVariable String id, @PathVariable long number) {
        return StepView.of(desk.step(desk.run(id), number), live.of(id));
    }

    @Operation(
            summary = "The rollouts of an archived step, with verdicts and scores; tokens=true adds token ids and"
                    + " log-probabilities")
    @GetMapping("/{number}/rollouts")
    public RolloutsView rollouts(
            @PathVariable String id, @PathVariable long number, @RequestParam(defaultValue = "false") boolean tokens) {
        Step step = desk.step(desk.run(id), number);
        return archive.rollouts(id, number)
                .map(groups -> RolloutsView.of(id, number, groups, tokens))
                .orElseThrow(() -> notArchived(step, "rollouts"));
    }

    @Operation(summary = "The pairs of an archived step, and why a group gave none")
    @GetMapping("/{number}/pairs")
    public PairsView pairs(@PathVariable String id, @PathVariable long number) {
        Run run = desk.run(id);
        Step step = desk.step(run, number);
        if (number > 0 && !run.spec().trainsRewardIn(number)) {
            throw new NotFoundException("step " + number + " of run " + id + " makes no pairs: "
                    + (run.spec().reward().flatMap(reward -> reward.training()).isEmpty()
                            ? "only mode cooper trains a reward model"
                            : "its reward model is not trained in it (reward.every, train_from and train_to of the"
                                    + " specification say when)"));
        }
        return archive.pairs(id, number)
                .map(pairs -> PairsView.of(id, number, pairs))
                .orElseThrow(() -> notArchived(step, "pairs"));
    }

    private static NotFoundException notArchived(Step step, String what) {
        return new NotFoundException(
                step.number() == 0
                        ? "step 0 trains nothing and has no " + what + "; they begin with step 1"
                        : "step " + step.number() + " is not archived yet: it is in state " + step.state()
                                + " and is archived when the next one begins; ask again then");
    }
}
