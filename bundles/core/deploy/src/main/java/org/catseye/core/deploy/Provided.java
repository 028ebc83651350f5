package org.catseye.core.deploy;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/** What a manifest says that its bundle provides, as names that can be compared: {@code package x}, {@code service y}, {@code component z}. */
record Provided(Set<String> names) {

    private static final String COMPONENTS = "Service-Component";
    private static final Pattern CLAUSE = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+");
    private static final Pattern SERVICES = Pattern.compile("objectClass(?::List(?:<String>)?)?\\s*=\\s*(?:\"([^\"]*)\"|([^;,\"]+))");

    /** @param header gives a header of the manifest, empty for one that is missing */
    static Provided of(Function<String, String> header) {
        Set<String> names = new TreeSet<>();
        clauses(header.apply(Constants.EXPORT_PACKAGE)).forEach(clause -> names.add("the package " + clause.split(";")[0].strip()));
        clauses(header.apply(COMPONENTS)).forEach(file -> names.add("the component " + file.substring(file.lastIndexOf('/') + 1)));
        clauses(header.apply(Constants.PROVIDE_CAPABILITY)).stream().filter(clause -> clause.startsWith("osgi.service;")).forEach(clause -> {
            Matcher services = SERVICES.matcher(clause);
            if (services.find()) {
                String all = services.group(1) == null ? services.group(2) : services.group(1);
                Arrays.stream(all.split(",")).forEach(service -> names.add("the service " + service.strip()));
            }
        });
        if (!header.apply(Constants.BUNDLE_ACTIVATOR).isBlank()) {
            names.add("an activator");
        }
        return new Provided(names);
    }

    /** Splits at commas that are not quoted. */
    private static Set<String> clauses(String header) {
        return CLAUSE.matcher(header).results().map(found -> found.group().strip()).filter(clause -> !clause.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What this provides and the other does not. */
    Set<String> findMissing(Provided other) {
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(other.names());
        return missing;
    }
}
