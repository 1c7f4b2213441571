package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunProgress;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.schedule.RunLine;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
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

/** Runs over HTTP. */
@RestController
@RequestMapping("/api/v1/runs")
@OpenAPIDefinition(info = @Info(title = "Cooper", version = "v1", description = "Training runs over HTTP"))
@Tag(name = "Runs", description = "Training runs: create, follow, steer")
public class RunController {

    private final RunDesk desk;
    private final RunLedger ledger;
    private final RunSpecReader specs;
    private final LiveProgress live;
    private final EventStreams events;
    private final Clock clock;

    public RunController(
            RunDesk desk, RunLedger ledger, RunSpecReader specs, LiveProgress live, EventStreams events, Clock clock) {
        this.desk = desk;
        this.ledger = ledger;
        this.specs = specs;
        this.live = live;
        this.events = events;
        this.clock = clock;
    }

    @Operation(summary = "Create a run from a specification in JSON")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<RunView> createFromJson(@RequestBody byte[] spec) {
        return created(specs.readJson(text(spec)));
    }

    @Operation(summary = "Create a run from a specification in YAML")
    @PostMapping(consumes = {MediaType.APPLICATION_YAML_VALUE, "application/x-yaml", "text/yaml"})
    public ResponseEntity<RunView> createFromYaml(@RequestBody byte[] spec) {
        return created(specs.readYaml(text(spec)));
    }

    private ResponseEntity<RunView> created(RunSpec spec) {
        Run run = desk.create(spec);
        return ResponseEntity.created(URI.create("/api/v1/runs/" + run.id())).body(show(run, ledger.runs()));
    }

    /** Any bytes are a body here, so only a missing one is not readable. */
    @ExceptionHandler(HttpMessageNotReadableException.class)
    ProblemDetail emptyBody() {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "the specification is empty; docs/run-spec.md shows one");
    }

    /** Spring would read YAML without a charset as Latin-1. */
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CooperException(
                    FailureReason.BAD_INPUT, "the specification is not in UTF-8; save it as UTF-8", e);
        }
    }

    @Operation(summary = "All runs, the oldest first")
    @GetMapping
    public List<RunView> list() {
        List<Run> runs = ledger.runs();
        return runs.stream().map(run -> show(run, runs)).toList();
    }

    @Operation(summary = "One run")
    @GetMapping("/{id}")
    public RunView show(@PathVariable String id) {
        return show(desk.run(id), ledger.runs());
    }

    @Operation(summary = "Pause the run at its next move")
    @PostMapping("/{id}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public RunView pause(@PathVariable String id) {
        return show(desk.pause(id), ledger.runs());
    }

    @Operation(summary = "Let a paused run go on")
    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public RunView resume(@PathVariable String id) {
        return show(desk.resume(id), ledger.runs());
    }

    @Operation(summary = "End the run for good")
    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public RunView cancel(@PathVariable String id) {
        return show(desk.cancel(id), ledger.runs());
    }

    @Operation(summary = "The run's held-out evaluations")
    @GetMapping("/{id}/evaluations")
    public List<EvaluationView> evaluations(@PathVariable String id) {
        desk.run(id);
        return ledger.evaluations(id).stream().map(EvaluationView::of).toList();
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

    private RunView show(Run run, List<Run> all) {
        String behind = RunLine.behindWhom(run, all);
        String phase = run.state() == RunState.QUEUED
                ? ""
                : ledger.step(run.id(), run.step())
                        .map(step -> step.state().name())
                        .orElse("");
        String waiting = switch (run.state()) {
            case QUEUED -> behind;
            case PREPARING, RUNNING ->
                live.of(run.id()).map(RunProgress::waitingFor).orElse("");
            case PAUSED -> "somebody to resume or cancel it";
            case COMPLETED, FAILED, CANCELLED -> "";
        };
        StallView stalled = live.of(run.id())
                .flatMap(RunProgress::stall)
                .map(stall -> StallView.of(stall, clock.instant()))
                .orElse(null);
        return RunView.of(run, run.reason().isEmpty() ? behind : run.reason(), phase, waiting, stalled);
    }
}
