package org.catseye.core.deploy;

import java.util.Arrays;
import java.util.Dictionary;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.stream.Collectors;
import org.catseye.deploy.BundleReview;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Allows a bundle to replace one of the base only if its manifest provides the same packages, services, components and activator. The
 * launcher passes the locations of the base (framework property {@value #BASE_LOCATIONS}).
 */
@Component
public final class ProductReview implements BundleReview {

    private static final String BASE_LOCATIONS = "catseye.base.locations";

    private final Supplier<Bundle[]> bundles;
    private final Set<String> base;

    @Activate
    public ProductReview(BundleContext context) {
        this(context::getBundles, Optional.ofNullable(context.getProperty(BASE_LOCATIONS)).map(String::lines)
                .map(lines -> lines.collect(Collectors.toSet())).orElse(Set.of()));
    }

    ProductReview(Supplier<Bundle[]> bundles, Set<String> base) {
        this.bundles = bundles;
        this.base = base;
    }

    @Override
    public Optional<String> findProblem(Attributes headers) {
        String name = parseSymbolicName(headers.getValue(Constants.BUNDLE_SYMBOLICNAME));
        if (name.equals(Constants.SYSTEM_BUNDLE_SYMBOLICNAME)) {
            return Optional.of("it has the symbolic name of the framework");
        }
        if (extendsFramework(headers)) {
            return Optional.of("it is an extension of the framework, which would run before everything else");
        }
        return Arrays.stream(bundles.get()).filter(bundle -> base.contains(bundle.getLocation()) && name.equals(bundle.getSymbolicName()))
                .findFirst().flatMap(bundle -> findMissingParts(bundle, headers));
    }

    private static boolean extendsFramework(Attributes headers) {
        String host = parseSymbolicName(headers.getValue(Constants.FRAGMENT_HOST));
        return host.equals(Constants.SYSTEM_BUNDLE_SYMBOLICNAME) || host.equals("org.apache.felix.framework");
    }

    private static String parseSymbolicName(String header) {
        return header == null ? "" : header.split(";")[0].strip();
    }

    private static Optional<String> findMissingParts(Bundle installed, Attributes offered) {
        Dictionary<String, String> present = installed.getHeaders("");
        Function<String, String> before = name -> Optional.ofNullable(present.get(name)).orElse("");
        Function<String, String> after = name -> Optional.ofNullable(offered.getValue(name)).orElse("");
        String missing = ProvidedParts.parseManifest(before).findMissing(ProvidedParts.parseManifest(after)).stream().sorted()
                .collect(Collectors.joining(", "));
        return missing.isEmpty() ? Optional.empty() : Optional.of("it has the name of " + installed.getSymbolicName()
                + ", which every login needs, but not " + missing + "; use another symbolic name, or build it from that bundle's sources");
    }
}
