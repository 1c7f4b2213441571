package dev.cooper.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Who may know whom, and where time and chance come from. */
@AnalyzeClasses(
        packages = "dev.cooper",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    private static final String[] SERVICES = {
        "dev.cooper.policy..",
        "dev.cooper.verifier..",
        "dev.cooper.reward..",
        "dev.cooper.perturbation..",
        "dev.cooper.orchestrator.."
    };
    private static final String[] MESSAGES = {"com.google.protobuf..", "io.grpc..", "dev.cooper.proto.."};

    @ArchTest
    static final ArchRule noServiceDependsOnAnother = SlicesRuleDefinition.slices()
            .matching("dev.cooper.(policy|verifier|reward|perturbation|orchestrator)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsServices = noClasses()
            .that()
            .resideOutsideOfPackages(SERVICES)
            .and()
            .resideOutsideOfPackage("dev.cooper.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVICES);

    @ArchTest
    static final ArchRule librariesKnowNoFramework = noClasses()
            .that()
            .resideInAnyPackage("dev.cooper.mathverifier..", "dev.cooper.languagemodel..", "dev.cooper.pretraining..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.apache.kafka..",
                    "com.google.protobuf..",
                    "io.grpc..",
                    "dev.cooper.proto..",
                    "dev.cooper.platform..");

    @ArchTest
    static final ArchRule theVerifierIsPlainJava = classes()
            .that()
            .resideInAPackage("dev.cooper.mathverifier..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.cooper.mathverifier..", "org.jspecify..");

    @ArchTest
    static final ArchRule protobufStaysWhereMessagesAreHandled = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.cooper.proto..",
                    "dev.cooper.platform..",
                    "dev.cooper.modelruntime..",
                    "dev.cooper.policy..",
                    "dev.cooper.verifier..",
                    "dev.cooper.reward..",
                    "dev.cooper.perturbation..",
                    "dev.cooper.orchestrator..",
                    // Reads the archive's records as a trainer reads those of the log.
                    "dev.cooper.cli.replay..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MESSAGES);

    @ArchTest
    static final ArchRule onlyThePackageTorchKnowsTheEngine = noClasses()
            .that()
            .resideOutsideOfPackages("dev.cooper.languagemodel.torch..", "ai.djl.pytorch.jni..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl.pytorch..");

    /** There it is counted: reading back waits for the device. */
    @ArchTest
    static final ArchRule onlyThePackageTorchReadsTensorsBack = noClasses()
            .that()
            .resideOutsideOfPackages("dev.cooper.languagemodel.torch..", "ai.djl..")
            .should(callMethodWhere(describe("reads a tensor back", ArchitectureTest::readsATensorBack)));

    @ArchTest
    static final ArchRule theLineAndTheControlBoardKnowNoFramework = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.cooper.platform.line..", "dev.cooper.platform.control..", "dev.cooper.orchestrator.run..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule theDatabaseIsTheOrchestrators = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.cooper.orchestrator..",
                    "dev.cooper.cli.local..",
                    // DuckDB, which reads and writes files.
                    "dev.cooper.platform.table..",
                    "dev.cooper.reward.table..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..");

    @ArchTest
    static final ArchRule onlyOneClassKnowsTheBrokersInside = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.cooper.cli.local.EmbeddedBroker")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..");

    @ArchTest
    static final ArchRule timeIsPassedIn =
            noClasses().should(callMethodWhere(describe("reads the system's clock", ArchitectureTest::readsTheClock)));

    @ArchTest
    static final ArchRule chanceIsPassedIn = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(RandomGenerator.class, "getDefault");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
            .matching("dev.cooper.(*).(*)..")
            .should()
            .beFreeOfCycles();

    /** The orchestrator lends its ledger in memory to the simulation, as an artifact of test classes. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static boolean readsATensorBack(JavaCall<?> call) {
        return call.getTargetOwner().getName().equals("ai.djl.ndarray.NDArray")
                && call.getName()
                        .matches(
                                "to\\w*(Array|Buffer|Device|String)|get(Long|Double|Float|Int|Byte|Uint8|Boolean|Scalar)");
    }

    private static boolean readsTheClock(JavaCall<?> call) {
        Set<String> readers = Set.of(
                Instant.class.getName() + ".now()",
                LocalDateTime.class.getName() + ".now()",
                System.class.getName() + ".currentTimeMillis()");
        return readers.contains(call.getTarget().getFullName());
    }
}
