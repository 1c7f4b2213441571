import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Counts the test reports of all modules; run by "./cooper test" as a source file.
 *
 * <p>Arguments: the project's folder, the seconds that the build took, "long" when the long tests ran as well. Ends with
 * status 1 when a test failed or none ran.
 */
final class TestSummary {
    private int passed;
    private final List<String> failed = new ArrayList<>();
    private final Map<String, List<String>> skippedByReason = new TreeMap<>();
    private final Map<String, double[]> modules = new TreeMap<>();

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        TestSummary summary = new TestSummary();
        summary.readAll(root);
        boolean withLong = args.length > 2 && args[2].equals("long");
        summary.print(Long.parseLong(args[1]), withLong ? 0 : longTests(root));
        System.exit(summary.passed == 0 || !summary.failed.isEmpty() ? 1 : 0);
    }

    private void readAll(Path root) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
            for (Path module : children) {
                Path reports = module.resolve("target/surefire-reports");
                if (!Files.isDirectory(reports)) {
                    continue;
                }
                try (DirectoryStream<Path> files = Files.newDirectoryStream(reports, "TEST-*.xml")) {
                    for (Path file : files) {
                        read(module.getFileName().toString(), parser.parse(file.toFile()).getDocumentElement());
                    }
                }
            }
        }
    }

    private void read(String module, Element suite) {
        double[] row = modules.computeIfAbsent(module, _ -> new double[4]);
        row[3] += Double.parseDouble(suite.getAttribute("time").replace(",", ""));
        NodeList cases = suite.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String className = test.getAttribute("classname");
            String name = className.substring(className.lastIndexOf('.') + 1) + "." + test.getAttribute("name");
            NodeList skipped = test.getElementsByTagName("skipped");
            if (skipped.getLength() > 0) {
                row[2]++;
                skippedByReason
                        .computeIfAbsent(reason((Element) skipped.item(0)), _ -> new ArrayList<>())
                        .add(module + " " + name);
            } else if (test.getElementsByTagName("failure").getLength() > 0
                    || test.getElementsByTagName("error").getLength() > 0) {
                row[1]++;
                failed.add(module + " " + name);
            } else {
                row[0]++;
                passed++;
            }
        }
    }

    /**
     * Surefire writes an assumption's message not as an attribute but before its stack trace: on the first line, and
     * that of AssertJ on the second one, in brackets.
     */
    private static String reason(Element skipped) {
        String message = skipped.getAttribute("message").strip();
        if (message.isEmpty()) {
            message = skipped.getTextContent()
                    .strip()
                    .lines()
                    .map(line -> line.replaceFirst("^[\\w.]+Exception:? ?", "")
                            .replaceFirst("^assumption was not met due to: \\[(.*)] *$", "$1")
                            .strip())
                    .filter(line -> !line.isEmpty() && !line.startsWith("at "))
                    .findFirst()
                    .orElse("");
        }
        return message.isEmpty() ? "no reason given" : message;
    }

    /** How many test classes or methods carry the tag that the short run leaves out. */
    private static long longTests(Path root) throws IOException {
        long tagged = 0;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
            for (Path module : children) {
                Path sources = module.resolve("src/test/java");
                if (!Files.isDirectory(sources)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                        tagged += Files.readAllLines(file).stream()
                                .filter(line -> line.strip().equals("@Tag(\"long\")"))
                                .count();
                    }
                }
            }
        }
        return tagged;
    }

    private void print(long seconds, long longTests) {
        System.out.printf("%n%-24s %8s %8s %8s %9s%n", "module", "passed", "failed", "skipped", "seconds");
        modules.forEach((module, row) -> System.out.printf(
                "%-24s %8.0f %8.0f %8.0f %9.1f%n", module, row[0], row[1], row[2], row[3]));
        System.out.printf("build, checks and tests took %d min %02d s%n", seconds / 60, seconds % 60);
        int skipped = 0;
        for (Map.Entry<String, List<String>> entry : skippedByReason.entrySet()) {
            skipped += entry.getValue().size();
            System.out.println("skipped: " + entry.getKey());
            entry.getValue().forEach(name -> System.out.println("    " + name));
        }
        failed.forEach(name -> System.out.println("failed: " + name));
        if (longTests > 0) {
            System.out.printf("not run: %d tests or classes tagged long (./cooper test --long runs them)%n", longTests);
        }
        System.out.printf("%d passed, %d failed, %d skipped%n", passed, failed.size(), skipped);
    }
}
