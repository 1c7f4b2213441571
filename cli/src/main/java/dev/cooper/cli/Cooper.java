package dev.cooper.cli;

import dev.cooper.cli.client.ApiException;
import dev.cooper.cli.command.AnnotateCommand;
import dev.cooper.cli.command.BenchCommand;
import dev.cooper.cli.command.CancelCommand;
import dev.cooper.cli.command.DeleteCommand;
import dev.cooper.cli.command.DemoCommand;
import dev.cooper.cli.command.EstimateCommand;
import dev.cooper.cli.command.EvaluateCommand;
import dev.cooper.cli.command.EvaluateRewardCommand;
import dev.cooper.cli.command.ExperimentCommand;
import dev.cooper.cli.command.ExportCommand;
import dev.cooper.cli.command.ForkCommand;
import dev.cooper.cli.command.GenerateCommand;
import dev.cooper.cli.command.LogProbsCommand;
import dev.cooper.cli.command.ModelsCommand;
import dev.cooper.cli.command.PauseCommand;
import dev.cooper.cli.command.PretrainCommand;
import dev.cooper.cli.command.ReplayCommand;
import dev.cooper.cli.command.ResumeCommand;
import dev.cooper.cli.command.RollbackCommand;
import dev.cooper.cli.command.RunCommand;
import dev.cooper.cli.command.RunsCommand;
import dev.cooper.cli.command.TrainRewardCommand;
import dev.cooper.cli.command.UpCommand;
import dev.cooper.cli.command.VerifyCommand;
import dev.cooper.cli.command.WatchCommand;
import dev.cooper.cli.inference.InvalidLineException;
import dev.cooper.cli.local.CannotStartException;
import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.platform.failure.CooperException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line.
 *
 * <p>Exit status: 0 done; 1 the run did not complete, or the answer is not equal; 2 wrong usage; 3 the platform cannot
 * start here; 4 the server refused or does not answer; 5 a file cannot be read, written or used; 70 a fault of ours.
 */
@Command(
        name = "cooper",
        description = "Trains language models by reinforcement learning.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            RunCommand.class,
            RunsCommand.class,
            WatchCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            CancelCommand.class,
            RollbackCommand.class,
            ModelsCommand.class,
            ForkCommand.class,
            ExportCommand.class,
            DeleteCommand.class,
            ReplayCommand.class,
            VerifyCommand.class,
            EstimateCommand.class,
            EvaluateCommand.class,
            EvaluateRewardCommand.class,
            ExperimentCommand.class,
            TrainRewardCommand.class,
            AnnotateCommand.class,
            PretrainCommand.class,
            BenchCommand.class,
            GenerateCommand.class,
            LogProbsCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "The launcher adds: test [--long], which builds everything and runs all checks and tests."},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "cooper 0.1.0-SNAPSHOT")
public final class Cooper {
    private static final int CANNOT_START = 3;
    private static final int REFUSED = 4;
    private static final int FILE = 5;
    private static final int FAULT = 70;

    private Cooper() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Cooper())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
    }

    /** An expected failure is a sentence; only a fault of ours shows where in the code it happened. */
    private static int explain(Exception failure, CommandLine command) {
        return switch (failure) {
            case CannotStartException e -> say(command, e.getMessage(), CANNOT_START);
            case ApiException e -> say(command, e.getMessage(), REFUSED);
            case NoSuchFileException e -> say(command, "there is no file " + e.getFile(), FILE);
            case AccessDeniedException e -> say(command, "no permission for " + e.getFile(), FILE);
            case FileSystemException e -> say(command, e.getMessage(), FILE);
            case InvalidModelException e -> say(command, e.getMessage(), FILE);
            case CooperException e -> say(command, e.field().map(f -> f + ": ").orElse("") + e.detail(), FILE);
            case InvalidLineException e -> say(command, e.getMessage(), FILE);
            case IllegalArgumentException e -> say(command, e.getMessage(), CommandLine.ExitCode.USAGE);
            default -> {
                failure.printStackTrace(command.getErr());
                yield say(command, "a fault in Cooper: " + failure, FAULT);
            }
        };
    }

    private static int say(CommandLine command, @Nullable String message, int status) {
        command.getErr().println("cooper: " + message);
        command.getErr().flush();
        return status;
    }
}
