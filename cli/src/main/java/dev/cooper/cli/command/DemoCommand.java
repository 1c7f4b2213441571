package dev.cooper.cli.command;

import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.Mode;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.SpecFile;
import dev.cooper.cli.follow.RunFollower;
import dev.cooper.cli.local.LocalPlatform;
import dev.cooper.cli.local.LocalSettings;
import dev.cooper.cli.report.ReportPage;
import dev.cooper.cli.report.RunResult;
import dev.cooper.cli.report.SummaryTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A whole run on this machine, from an empty data folder to a report. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Train the tiny model of the examples, and the reward model that judges it: start everything,"
                + " follow the run, print what changed and write a report.")
public final class DemoCommand implements Callable<Integer> {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Clock clock = Clock.systemUTC();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "rule: rewards are the rule verifier's verdicts; static: a reward model's scores; cooper: the"
                    + " scores of a reward model that is trained along (default: as in examples/demo.yaml, cooper).")
    private @Nullable Mode mode;

    @Option(names = "--steps", paramLabel = "N", description = "Training steps (default: as in examples/demo.yaml).")
    private @Nullable Integer steps;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the run (default: as in examples/demo.yaml).")
    private @Nullable Long seed;

    @Option(names = "--spec", paramLabel = "SPEC", description = "Another run spec than examples/demo.yaml.")
    private @Nullable Path spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the data in this folder, and go on with what it holds.")
    private @Nullable Path data;

    @Option(names = "--keep", description = "Go on with the data of the last demo instead of deleting it.")
    private boolean keep;

    @Option(names = "--port", defaultValue = "0", description = "HTTP port while it runs (default: any that is free).")
    private int port;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "The report (default: .cooper/reports/demo-TIME.html).")
    private @Nullable Path report;

    @Override
    public Integer call() throws IOException {
        Instant began = clock.instant();
        Path folder = data == null ? Places.data().resolve("demo") : data;
        SpecFile run = specToSubmit();
        LocalSettings settings =
                new LocalSettings(folder, LocalSettings.defaultCacheFolder(), port, data == null && !keep);
        try (LocalPlatform platform = LocalPlatform.start(settings, part -> System.out.println("starting: " + part))) {
            Duration startup = Duration.between(began, clock.instant());
            System.out.println("serving at " + platform.address() + ", log: " + platform.logFile());
            return runOn(platform, run, began, startup);
        }
    }

    private SpecFile specToSubmit() throws IOException {
        Path file = spec == null ? Places.examples().resolve("demo.yaml") : spec;
        SpecFile read = SpecFile.read(file, Path.of("")).with("steps", steps).with("seed", seed);
        return mode == null ? read : read.in(mode);
    }

    private int runOn(LocalPlatform platform, SpecFile spec, Instant began, Duration startup) throws IOException {
        CooperClient client = new CooperClient(platform.address());
        RunView submitted = client.submit(spec);
        RunView ended = new RunFollower(client, System.out, clock, RunFollower.isTerminal()).follow(submitted.id());
        RunResult result = RunResult.collect(
                client,
                ended.id(),
                startup,
                Duration.between(began, clock.instant()),
                platform.scoringTime(),
                platform.peakMemory());
        Path page = report == null ? defaultReport() : report;
        new ReportPage(result).write(page);
        System.out.println();
        System.out.print(new SummaryTable(result).text());
        System.out.println("report: " + page.toAbsolutePath());
        return ended.isCompleted() ? 0 : 1;
    }

    private Path defaultReport() {
        return Places.data().resolve("reports").resolve("demo-" + FILE_TIME.format(clock.instant()) + ".html");
    }
}
