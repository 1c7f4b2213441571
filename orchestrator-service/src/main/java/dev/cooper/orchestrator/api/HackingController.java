package dev.cooper.orchestrator.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a run is suspected of, over HTTP. */
@RestController
@RequestMapping("/api/v1/runs/{id}/hacking")
@Tag(name = "Reward hacking", description = "Whether the policy pleases its reward model instead of being right")
public class HackingController {

    private final HackingDesk desk;

    public HackingController(HackingDesk desk) {
        this.desk = desk;
    }

    @Operation(
            summary = "The reward model's figures now and in the first steps, and the alerts with examples: completions"
                    + " that it likes most and the rule rejects")
    @GetMapping
    public HackingView show(@PathVariable String id) {
        return desk.show(id);
    }
}
