package dev.cooper.reward;

import dev.cooper.platform.spec.SpecDocument;
import dev.cooper.reward.jobs.JobDesk;
import dev.cooper.reward.jobs.JobView;
import java.net.URI;
import java.util.List;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Jobs over HTTP: the body of a new one is the specification that the command line takes. */
@RestController
@RequestMapping("/api/v1/{kind:annotations|reward-trainings}")
@Conditional(RewardRole.Jobs.class)
class JobController {

    private final JobDesk desk;

    JobController(JobDesk desk) {
        this.desk = desk;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JobView> submitJson(@PathVariable String kind, @RequestBody byte[] spec) {
        return submit(kind, SpecDocument.json(SpecDocument.text(spec)));
    }

    @PostMapping(consumes = {MediaType.APPLICATION_YAML_VALUE, "application/x-yaml", "text/yaml"})
    ResponseEntity<JobView> submitYaml(@PathVariable String kind, @RequestBody byte[] spec) {
        return submit(kind, SpecDocument.yaml(SpecDocument.text(spec)));
    }

    private ResponseEntity<JobView> submit(String kind, JsonNode spec) {
        JobView job = desk.submit(kind, spec);
        return ResponseEntity.created(URI.create("/api/v1/" + kind + "/" + job.id()))
                .body(job);
    }

    @GetMapping
    List<JobView> list(@PathVariable String kind) {
        return desk.list(kind);
    }

    @GetMapping("/{id}")
    JobView show(@PathVariable String kind, @PathVariable long id) {
        return desk.find(kind, id);
    }

    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobView cancel(@PathVariable String kind, @PathVariable long id) {
        return desk.cancel(kind, id);
    }
}
