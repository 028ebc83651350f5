package org.catseye.core.config.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catseye.core.config.format.ConfigurationPid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the configurations with the forms of their bundles. Thread-safe. */
public final class UnusedSettings {

    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    private static final String CATSEYE_PREFIX = "org.catseye.";
    private static final String TARGET = "kvm.target";
    private static final String DEFAULT_TARGET = "default";
    /** Settings that each component takes, whether its form has them or not. */
    private static final Pattern GENERAL = Pattern.compile("kvm\\..+|service\\..+|felix\\..+|osgi\\..+|\\..+|.+\\.target|.+\\.cardinality\\.minimum");

    private final Supplier<List<Stored>> configurations;
    private final Form.Finder forms;
    /** What was logged. Guarded by this. */
    private Set<Problem> logged = Set.of();

    /** A configuration and its values. */
    public record Stored(ConfigurationPid pid, Map<String, Object> values) {
    }

    public UnusedSettings(Supplier<List<Stored>> configurations, Form.Finder forms) {
        this.configurations = configurations;
        this.forms = forms;
    }

    /** Logs the problems that were not there at the last call. */
    public void logNewProblems() {
        List<Problem> fresh;
        synchronized (this) {
            List<Problem> all = findProblems();
            fresh = all.stream().filter(problem -> !logged.contains(problem)).toList();
            logged = new HashSet<>(all);
        }
        fresh.forEach(problem -> LOG.warn("{}: {} {}", problem.name(), problem.description(), problem.remedy()));
    }

    /** All problems, by the name of the file. */
    List<Problem> findProblems() {
        List<Stored> all = configurations.get();
        List<Problem> problems = new ArrayList<>();
        for (Stored stored : all) {
            forms.findForm(findFormPid(stored)).ifPresent(form -> {
                findMisplaced(stored, form, all).ifPresent(problems::add);
                listUnknown(stored, form).forEach(key -> describeUnknown(stored, key, form).ifPresent(problems::add));
            });
        }
        return problems;
    }

    /** The settings of a configuration that have no effect, with a remedy for each. */
    public Map<String, String> findUnknownKeys(Stored stored) {
        Map<String, String> remedies = new TreeMap<>();
        forms.findForm(findFormPid(stored)).ifPresent(form -> listUnknown(stored, form)
            .forEach(key -> describeUnknown(stored, key, form).ifPresent(problem -> remedies.put(key, problem.remedy()))));
        return remedies;
    }

    private static List<String> listUnknown(Stored stored, Form form) {
        return stored.values().keySet().stream().filter(key -> !form.keys().contains(key) && !GENERAL.matcher(key).matches()).toList();
    }

    private static String findFormPid(Stored stored) {
        return stored.pid().factory().orElse(stored.pid().name());
    }

    private static Optional<Problem> describeUnknown(Stored stored, String key, Form form) {
        Optional<String> similar = SimilarName.findSimilar(key, form.keys());
        // Forms of other products may leave settings out.
        if (similar.isEmpty() && !stored.pid().name().startsWith(CATSEYE_PREFIX)) {
            return Optional.empty();
        }
        String remedy = similar.map(name -> "Did you mean " + name + "?").orElseGet(() -> "Remove it; the settings are "
            + new TreeSet<>(form.keys()).stream().collect(Collectors.joining(", ")) + ".");
        return Optional.of(new Problem(findTarget(stored), stored.pid().fileName() + ", " + key, "There is no setting " + key + ", so it has no effect.", remedy));
    }

    /** A component has either one configuration or named ones. */
    private static Optional<Problem> findMisplaced(Stored stored, Form form, List<Stored> all) {
        String pid = findFormPid(stored);
        String file = stored.pid().fileName();
        if (stored.pid().factory().isPresent()) {
            return form.several() ? Optional.empty() : Optional.of(new Problem(findTarget(stored), file,
                "There is only one configuration of this kind, so this file has no effect.",
                "Move its settings to " + ConfigurationPid.parsePid(pid).fileName() + ", and delete this file."));
        }
        boolean beside = all.stream().anyMatch(other -> other.pid().factory().filter(pid::equals).isPresent());
        return form.single() || !beside ? Optional.empty() : Optional.of(new Problem(findTarget(stored), file,
            "Beside files with a name after ~, this file or the others have no effect.",
            "Rename it to " + ConfigurationPid.parsePid(pid + "~NAME").fileName() + ", with a NAME of your choice."));
    }

    private static String findTarget(Stored stored) {
        return stored.values().get(TARGET) instanceof String id && !id.isBlank() ? id : DEFAULT_TARGET;
    }
}
