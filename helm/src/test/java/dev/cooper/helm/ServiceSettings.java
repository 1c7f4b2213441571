package dev.cooper.helm;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The environment variables that a service's settings records take. They are read from the sources, by the compiler's
 * own parser, so that the chart's tests need no service on their class path and see what is there now.
 */
final class ServiceSettings {

    private static final String ANNOTATION = "ConfigurationProperties";

    private final Map<String, ClassTree> records = new HashMap<>();
    private final TreeSet<String> names = new TreeSet<>();

    /** The variables of the settings records in these modules; one that ends in {@code *} stands for all below it. */
    static Set<String> of(List<String> modules) {
        ServiceSettings settings = new ServiceSettings();
        modules.forEach(settings::readRecords);
        List.copyOf(settings.records.values()).forEach(settings::addIfSettings);
        return settings.names;
    }

    private void readRecords(String module) {
        Path sources = Chart.ROOT.resolve(module).resolve("src/main/java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            if (java.isEmpty()) {
                throw new IllegalStateException("no sources in " + sources);
            }
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(java));
            for (CompilationUnitTree unit : task.parse()) {
                unit.getTypeDecls().forEach(this::keepRecords);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + sources, e);
        }
    }

    private void keepRecords(Tree declaration) {
        if (declaration instanceof ClassTree type) {
            if (type.getKind() == Tree.Kind.RECORD) {
                records.put(type.getSimpleName().toString(), type);
            }
            type.getMembers().forEach(this::keepRecords);
        }
    }

    private void addIfSettings(ClassTree type) {
        for (AnnotationTree annotation : type.getModifiers().getAnnotations()) {
            if (annotation.getAnnotationType().toString().endsWith(ANNOTATION)) {
                addComponents(type, variable(prefix(type, annotation)));
            }
        }
    }

    private static String prefix(ClassTree type, AnnotationTree annotation) {
        for (ExpressionTree argument : annotation.getArguments()) {
            ExpressionTree value = argument instanceof AssignmentTree assigned ? assigned.getExpression() : argument;
            if (value instanceof LiteralTree literal && literal.getValue() instanceof String text) {
                return text;
            }
        }
        throw new IllegalStateException(
                type.getSimpleName() + ": write the prefix of @" + ANNOTATION + " as a literal");
    }

    private void addComponents(ClassTree type, String prefix) {
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree component
                    && !component.getModifiers().getFlags().contains(Modifier.STATIC)) {
                add(component, prefix + "_" + variable(kebab(component.getName().toString())));
            }
        }
    }

    private void add(VariableTree component, String name) {
        String declared = component.getType().toString();
        String simple = declared.substring(declared.lastIndexOf('.') + 1);
        ClassTree nested = records.get(simple);
        if (nested != null) {
            addComponents(nested, name);
        } else if (component.getType() instanceof ParameterizedTypeTree map
                && map.getType().toString().endsWith("Map")) {
            names.add(name + "_*");
        } else {
            names.add(name);
        }
    }

    private static String kebab(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The variable that a property is set by. */
    static String variable(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
