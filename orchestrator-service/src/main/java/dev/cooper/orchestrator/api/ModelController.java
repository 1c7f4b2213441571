package dev.cooper.orchestrator.api;

import dev.cooper.platform.failure.NotFoundException;
import dev.cooper.proto.v1.ModelKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The models of a run over HTTP. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
@Tag(name = "Models", description = "The versions that a run has made, and copies of them")
public class ModelController {

    private final ModelDesk desk;

    public ModelController(ModelDesk desk) {
        this.desk = desk;
    }

    @Operation(summary = "The policy or the reward model as it was after a step, and where it is kept")
    @GetMapping("/steps/{number}/models/{model}")
    public ModelView model(@PathVariable String id, @PathVariable long number, @PathVariable String model) {
        return desk.show(id, number, kind(model));
    }

    private static ModelKind kind(String model) {
        return switch (model) {
            case "policy" -> ModelKind.POLICY;
            case "reward" -> ModelKind.REWARD;
            default -> throw new NotFoundException("there is no model " + model + "; ask for policy or reward");
        };
    }

    @Operation(summary = "The versions that the run has made of a model, with what made each and how good it is")
    @GetMapping("/models/{model}/versions")
    public List<MadeVersion> versions(@PathVariable String id, @PathVariable String model) {
        return desk.versions(id, kind(model));
    }

    @Operation(
            summary = "Two versions beside each other; distance=true reads their weights and tells how far they are"
                    + " apart")
    @GetMapping("/models/{model}/versions/{first}/compare/{second}")
    public VersionComparison compare(
            @PathVariable String id,
            @PathVariable String model,
            @PathVariable long first,
            @PathVariable long second,
            @RequestParam(defaultValue = "false") boolean distance) {
        return desk.compare(id, kind(model), first, second, distance);
    }

    @Operation(summary = "Keep a version's weights, however many are made after it")
    @PutMapping("/models/{model}/versions/{number}/pin")
    public MadeVersion pin(@PathVariable String id, @PathVariable String model, @PathVariable long number) {
        return desk.pin(id, kind(model), number, true);
    }

    @Operation(summary = "Let a version's weights go when they are old enough")
    @DeleteMapping("/models/{model}/versions/{number}/pin")
    public MadeVersion unpin(@PathVariable String id, @PathVariable String model, @PathVariable long number) {
        return desk.pin(id, kind(model), number, false);
    }

    @Operation(summary = "Copy a step's model, as a folder in Hugging Face layout, to a folder of the orchestrator's")
    @PostMapping("/export")
    @ResponseStatus(HttpStatus.CREATED)
    public ModelView export(
            @PathVariable String id,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ExportRequest.class)))
                    @RequestBody
                    JsonNode body) {
        ActionBody fields = new ActionBody(body);
        long step = fields.step();
        ModelKind kind = fields.model();
        String path = fields.text("path", "a folder that is not there, or is empty");
        fields.refuseUnknown();
        return desk.export(id, step, kind, path);
    }

    /**
     * What to export.
     *
     * @param model policy or reward
     * @param path a folder that is not there, or is empty; relative to the orchestrator's files root
     */
    record ExportRequest(long step, String model, String path) {}
}
