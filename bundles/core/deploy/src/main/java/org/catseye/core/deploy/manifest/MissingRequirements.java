package org.catseye.core.deploy.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catseye.core.deploy.jar.PackageNames;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Finds what a manifest requires and no resolved bundle provides. It compares names, versions and filters. It does not find conflicts of class
 * loading (uses constraints), and ignores the attributes of packages other than the version.
 */
public final class MissingRequirements {

    private final List<BundleWiring> wirings;

    /** @param bundles that may provide something; those that are not resolved provide nothing */
    public MissingRequirements(Stream<Bundle> bundles) {
        wirings = bundles.map(bundle -> bundle.adapt(BundleWiring.class)).filter(wiring -> wiring != null && wiring.isInUse()).toList();
    }

    /**
     * Lists what is missing, as sentences.
     *
     * @param header returns a header of the manifest; empty if it is missing
     * @throws IllegalArgumentException if a version or a filter is malformed
     */
    public List<String> findMissing(Function<String, String> header) {
        List<String> missing = new ArrayList<>();
        Set<String> own = new HashSet<>(PackageNames.listPackages(header.apply(Constants.EXPORT_PACKAGE)));
        for (HeaderClause clause : HeaderClause.parseHeader(header.apply(Constants.IMPORT_PACKAGE))) {
            clause.names().stream().filter(name -> !clause.isOptional() && !own.contains(name)).forEach(name -> addMissingPackage(missing, name, clause));
        }
        HeaderClause.parseHeader(header.apply(Constants.REQUIRE_BUNDLE)).stream().filter(clause -> !clause.isOptional())
                .forEach(clause -> addMissingBundle(missing, clause, "It needs the bundle "));
        HeaderClause.parseHeader(header.apply(Constants.FRAGMENT_HOST)).forEach(clause -> addMissingBundle(missing, clause, "It extends the bundle "));
        Map<String, List<HeaderClause>> provided = HeaderClause.parseHeader(header.apply(Constants.PROVIDE_CAPABILITY)).stream()
                .filter(clause -> !clause.names().isEmpty()).collect(Collectors.groupingBy(clause -> clause.names().get(0)));
        for (HeaderClause clause : HeaderClause.parseHeader(header.apply(Constants.REQUIRE_CAPABILITY))) {
            if (!clause.isOptional() && clause.isEffectiveAtResolve() && !clause.names().isEmpty()) {
                addMissingCapability(missing, clause, provided.getOrDefault(clause.names().get(0), List.of()));
            }
        }
        return missing;
    }

    private void addMissingPackage(List<String> missing, String name, HeaderClause clause) {
        VersionRange range = new VersionRange(clause.attributes().getOrDefault(Constants.VERSION_ATTRIBUTE, "0"));
        List<Version> present = listCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                .filter(capability -> name.equals(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(capability -> readVersion(capability, PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)).toList();
        if (present.stream().noneMatch(range::includes)) {
            missing.add("No bundle provides the package " + name + (present.isEmpty() ? "." : " in the version " + range + "; there is " + join(present) + "."));
        }
    }

    private void addMissingBundle(List<String> missing, HeaderClause clause, String beginning) {
        VersionRange range = new VersionRange(clause.attributes().getOrDefault(Constants.BUNDLE_VERSION_ATTRIBUTE, "0"));
        for (String name : clause.names()) {
            List<Version> present = wirings.stream().map(BundleWiring::getBundle)
                    .filter(bundle -> name.equals(bundle.getSymbolicName()) || name.equals(Constants.SYSTEM_BUNDLE_SYMBOLICNAME) && bundle.getBundleId() == 0)
                    .map(Bundle::getVersion).toList();
            if (present.stream().noneMatch(range::includes)) {
                missing.add(beginning + name + (present.isEmpty() ? ", which is not there." : " in the version " + range + "; there is " + join(present) + "."));
            }
        }
    }

    private void addMissingCapability(List<String> missing, HeaderClause clause, List<HeaderClause> own) {
        String text = clause.directives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        Optional<Filter> filter = text.isEmpty() ? Optional.empty() : Optional.of(parseFilter(text));
        boolean satisfied = listCapabilities(clause.names().get(0)).anyMatch(capability -> filter.map(each -> each.matches(capability.getAttributes())).orElse(true))
                || own.stream().anyMatch(capability -> filter.map(each -> each.matches(capability.attributes())).orElse(true));
        if (!satisfied) {
            missing.add("No bundle provides what it requires: " + clause.names().get(0) + (text.isEmpty() ? "." : " " + text + "."));
        }
    }

    private static Filter parseFilter(String text) {
        try {
            return FrameworkUtil.createFilter(text);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("a requirement has the malformed filter " + text, e);
        }
    }

    private Stream<BundleCapability> listCapabilities(String namespace) {
        return wirings.stream().flatMap(wiring -> wiring.getCapabilities(namespace).stream());
    }

    private static Version readVersion(BundleCapability capability, String attribute) {
        return capability.getAttributes().get(attribute) instanceof Version version ? version : Version.emptyVersion;
    }

    private static String join(List<Version> versions) {
        return versions.stream().distinct().sorted().map(Version::toString).collect(Collectors.joining(", "));
    }
}
