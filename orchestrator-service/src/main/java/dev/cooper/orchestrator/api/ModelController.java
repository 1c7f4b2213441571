package dev.cooper.orchestrator.api;

import dev.cooper.platform.failure.NotFoundException;
import dev.cooper.proto.v1.ModelKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
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
        ModelKind kind = switch (model) {
            case "policy" -> ModelKind.POLICY;
            case "reward" -> ModelKind.REWARD;
            default -> throw new NotFoundException("there is no model " + model + "; ask for policy or reward");
        };
        return desk.show(id, number, kind);
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
