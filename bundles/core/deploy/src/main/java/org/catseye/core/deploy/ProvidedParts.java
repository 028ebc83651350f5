package org.catseye.core.deploy;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.core.deploy.jar.PackageNames;
import org.osgi.framework.Constants;

/** The parts that a bundle provides according to its manifest, as names to compare: {@code the package x}, {@code the service y}. */
record ProvidedParts(Set<String> names) {

    private static final String COMPONENTS = "Service-Component";
    private static final Pattern SERVICES = Pattern.compile("objectClass(?::List(?:<String>)?)?\\s*=\\s*(?:\"([^\"]*)\"|([^;,\"]+))");

    /** @param header returns a header of the manifest; empty if it is missing */
    static ProvidedParts parseManifest(Function<String, String> header) {
        Set<String> names = new TreeSet<>();
        PackageNames.listPackages(header.apply(Constants.EXPORT_PACKAGE)).forEach(name -> names.add("the package " + name));
        PackageNames.splitClauses(header.apply(COMPONENTS)).forEach(file -> names.add("the component " + file.substring(file.lastIndexOf('/') + 1)));
        PackageNames.splitClauses(header.apply(Constants.PROVIDE_CAPABILITY)).stream().filter(clause -> clause.startsWith("osgi.service;"))
            .forEach(clause -> addServices(names, clause));
        if (!header.apply(Constants.BUNDLE_ACTIVATOR).isBlank()) {
            names.add("an activator");
        }
        return new ProvidedParts(names);
    }

    private static void addServices(Set<String> names, String clause) {
        Matcher services = SERVICES.matcher(clause);
        if (services.find()) {
            String all = services.group(1) == null ? services.group(2) : services.group(1);
            Arrays.stream(all.split(",")).forEach(service -> names.add("the service " + service.strip()));
        }
    }

    /** The parts that this bundle provides and the other does not. */
    Set<String> findMissing(ProvidedParts other) {
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(other.names());
        return missing;
    }
}
