package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.spec.SpecDocument;
import dev.cooper.proto.v1.ModelKind;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs over HTTP. */
@RestController
@RequestMapping("/api/v1/runs")
@OpenAPIDefinition(info = @Info(title = "Cooper", version = "v1", description = "Training runs over HTTP"))
@Tag(name = "Runs", description = "Training runs: create, follow, steer")
public class RunController {

    private final RunDesk desk;
    private final Forks forks;
    private final RunSpecReader specs;
    private final RunViews views;
    private final EventStreams events;

    public RunController(RunDesk desk, Forks forks, RunSpecReader specs, RunViews views, EventStreams events) {
        this.desk = desk;
        this.forks = forks;
        this.specs = specs;
        this.views = views;
        this.events = events;
    }

    @Operation(summary = "Create a run from a specification in JSON")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<RunView> createFromJson(@RequestBody byte[] spec) {
        return created(desk.create(specs.readJson(SpecDocument.text(spec))));
    }

    @Operation(summary = "Create a run from a specification in YAML")
    @PostMapping(consumes = {MediaType.APPLICATION_YAML_VALUE, "application/x-yaml", "text/yaml"})
    public ResponseEntity<RunView> createFromYaml(@RequestBody byte[] spec) {
        return created(desk.create(specs.readYaml(SpecDocument.text(spec))));
    }

    private ResponseEntity<RunView> created(Run run) {
        return ResponseEntity.created(URI.create("/api/v1/runs/" + run.id())).body(views.of(run));
    }

    @Operation(
            summary = "A new run that begins with the models that this one had after a step, with its specification but"
                    + " for the fields given beside step")
    @PostMapping("/{id}/fork")
    public ResponseEntity<RunView> fork(
            @PathVariable String id,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ForkRequest.class)))
                    @RequestBody
                    JsonNode body) {
        ActionBody fields = new ActionBody(body);
        long step = fields.step();
        fields.refuseProblems();
        ObjectNode changes = ((ObjectNode) body).deepCopy();
        changes.remove("step");
        return created(forks.fork(id, step, changes));
    }

    /** Where to fork; beside it stand the fields of the specification that are to be others. */
    record ForkRequest(long step) {}

    @Operation(
            summary =
                    "Go back: the policy, the reward model or both take the weights that they had after a step, and the"
                            + " run goes on from there under new version numbers")
    @PostMapping("/{id}/rollback")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public RunView rollBack(
            @PathVariable String id,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = RollbackRequest.class)))
                    @RequestBody
                    JsonNode body) {
        ActionBody fields = new ActionBody(body);
        long step = fields.step();
        Set<ModelKind> models = fields.models();
        fields.refuseUnknown();
        return views.of(desk.rollBack(id, step, models));
    }

    /**
     * Where to go back to.
     *
     * @param models policy, reward or both; absent: all that the run trains
     */
    record RollbackRequest(long step, @Nullable List<String> models) {}

    /** Any bytes are a body here, so only a missing one is not readable. */
    @ExceptionHandler(HttpMessageNotReadableException.class)
    ProblemDetail emptyBody() {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "the specification is empty; docs/run-spec.md shows one");
    }

    @Operation(summary = "All runs, the oldest first")
    @GetMapping
    public List<RunView> list() {
        return views.all();
    }

    @Operation(summary = "One run")
    @GetMapping("/{id}")
    public RunView show(@PathVariable String id) {
        return views.of(desk.run(id));
    }

    @Operation(summary = "Pause the run at its next move")
    @PostMapping("/{id}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public RunView pause(@PathVariable String id) {
        return views.of(desk.pause(id));
    }

    @Operation(summary = "Let a paused run go on")
    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public RunView resume(@PathVariable String id) {
        return views.of(desk.resume(id));
    }

    @Operation(summary = "End the run for good")
    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public RunView cancel(@PathVariable String id) {
        return views.of(desk.cancel(id));
    }

    @Operation(
            summary = "Delete a run that has ended, with its rows, archive, weights and checkpoints; its records on the"
                    + " log go with their retention")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String id) {
        desk.delete(id);
    }

    @Operation(summary = "The run's held-out evaluations")
    @GetMapping("/{id}/evaluations")
    public List<EvaluationView> evaluations(@PathVariable String id) {
        return desk.evaluations(id).stream().map(EvaluationView::of).toList();
    }

    @Operation(summary = "The run's events as they happen; ends with the run")
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    public SseEmitter events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        return events.follow(desk.run(id).id(), after(lastEventId));
    }

    private static long after(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return 0;
        }
        try {
            return Long.parseLong(lastEventId.strip());
        } catch (NumberFormatException e) {
            throw CooperException.badInput(
                    "Last-Event-ID", "must be the number of the last event seen, got '" + lastEventId + "'");
        }
    }
}
