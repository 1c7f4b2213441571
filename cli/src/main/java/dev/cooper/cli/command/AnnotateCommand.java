package dev.cooper.cli.command;

import dev.cooper.reward.annotation.AnnotationReport;
import dev.cooper.reward.annotation.AnnotationRun;
import dev.cooper.reward.annotation.AnnotationSpec;
import dev.cooper.reward.annotation.AnnotationSpecReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Labelled completions for a reward model. */
@Command(
        name = "annotate",
        mixinStandardHelpOptions = true,
        description =
                "Have models write completions, label each by the rule verifier and by a judging model, and keep those"
                        + " on which both agree. Stopped and called again, it goes on where it was.")
public final class AnnotateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SPEC",
            description =
                    "Problems, models and judge, in YAML or JSON; docs/annotation.md lists the fields. Relative paths"
                            + " are looked for beside it, then in this folder.")
    private Path spec = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "A new folder, or that of the same annotation (default: annotations/NAME of the spec's file).")
    private @Nullable Path out;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (engine.dtype() != EngineOptions.ComputedIn.FLOAT32) {
            throw new IllegalArgumentException("--dtype: each model has its own; set dtype beside it in " + spec);
        }
        SpecText text = new SpecText(spec);
        var reader = new AnnotationSpecReader(text.folders(), System.getenv());
        AnnotationSpec annotation = text.read(reader::readYaml, reader::readJson);
        engine.apply();
        Path folder = out == null ? Path.of("annotations").resolve(text.name()) : out;
        PrintWriter writer = command.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        AnnotationReport report =
                new AnnotationRun(annotation, folder, clock).run(new AnnotationLines(writer, clock)::print);
        print(writer, folder, report);
        return report.missing() == 0 ? 0 : 1;
    }

    private static void print(PrintWriter writer, Path folder, AnnotationReport report) {
        writer.print(report.agreement().table());
        if (report.unreadableReferences() > 0) {
            writer.println(report.unreadableReferences() + " problems left out, whose reference cannot be read");
        }
        if (report.withoutRoom() > 0) {
            writer.println(report.withoutRoom() + " completions left out, whose prompt fills the model's context");
        }
        if (report.missing() > 0) {
            writer.println(report.missing() + " completions have no labels yet, for an endpoint did not answer;"
                    + " start again to ask for them");
        }
        writer.println("kept: " + AnnotationRun.kept(folder).toAbsolutePath());
        writer.flush();
    }
}
