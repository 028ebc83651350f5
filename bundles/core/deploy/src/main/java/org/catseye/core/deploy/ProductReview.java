package org.catseye.core.deploy;

import java.util.Arrays;
import java.util.Dictionary;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.stream.Collectors;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.PackageNames;
import org.catseye.deploy.BundleReview;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Allows a bundle to replace one of the base only if its manifest provides the same packages, services, components and activator. The
 * launcher passes the locations of the base (framework property {@value #BASE_LOCATIONS}). No other bundle may export a package of the
 * product, unless it also imports it.
 */
@Component
public final class ProductReview implements BundleReview {

    private static final String BASE_LOCATIONS = "catseye.base.locations";

    private static final String EXTENDER = "osgi.extender";
    private static final String PRODUCT_PREFIX = "org.catseye.";
    private static final String OWN_NAME = "org.catseye.core.deploy";

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
        if (isFramework(name)) {
            return Optional.of("it has the symbolic name of the framework");
        }
        if (name.equals(OWN_NAME)) {
            return Optional.of("it has the name of " + OWN_NAME + ", which installs the bundles of the drop folder; it can only be replaced with the product");
        }
        if (extendsFramework(headers)) {
            return Optional.of("it is an extension of the framework, which would run before everything else");
        }
        return Arrays.stream(bundles.get()).filter(bundle -> base.contains(bundle.getLocation()) && name.equals(bundle.getSymbolicName()))
                .findFirst().flatMap(bundle -> findMissingParts(bundle, headers)).or(() -> findCopiedPackage(name, headers));
    }

    /**
     * A bundle with its own copy of a contract registers services of another class, which no part of the product can use. With an import of
     * the same package it uses the product's.
     */
    private Optional<String> findCopiedPackage(String name, Attributes headers) {
        Set<String> copied = PackageNames.listPackages(Optional.ofNullable(headers.getValue(Constants.EXPORT_PACKAGE)).orElse(""));
        copied.removeAll(PackageNames.listPackages(Optional.ofNullable(headers.getValue(Constants.IMPORT_PACKAGE)).orElse("")));
        return Arrays.stream(bundles.get()).filter(bundle -> isOfProduct(bundle) && !name.equals(bundle.getSymbolicName()))
                .flatMap(bundle -> PackageNames.listPackages(Optional.ofNullable(bundle.getHeaders("").get(Constants.EXPORT_PACKAGE)).orElse("")).stream()
                        .filter(copied::contains).map(exported -> "it exports the package " + exported + ", which belongs to "
                                + bundle.getSymbolicName() + ", so the product could not use its services; leave the package out of the jar and import it"))
                .findFirst();
    }

    private static boolean isOfProduct(Bundle bundle) {
        return String.valueOf(bundle.getSymbolicName()).startsWith(PRODUCT_PREFIX) && !bundle.getLocation().startsWith(DroppedJar.LOCATION_PREFIX);
    }

    private boolean extendsFramework(Attributes headers) {
        return isFramework(parseSymbolicName(headers.getValue(Constants.FRAGMENT_HOST)));
    }

    private boolean isFramework(String name) {
        return name.equals(Constants.SYSTEM_BUNDLE_SYMBOLICNAME) || Arrays.stream(bundles.get())
                .anyMatch(bundle -> bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID && name.equals(bundle.getSymbolicName()));
    }

    private static String parseSymbolicName(String header) {
        return header == null ? "" : header.split(";", -1)[0].strip();
    }

    private static Optional<String> findMissingParts(Bundle installed, Attributes offered) {
        Dictionary<String, String> present = installed.getHeaders("");
        if (PackageNames.splitClauses(Optional.ofNullable(present.get(Constants.PROVIDE_CAPABILITY)).orElse("")).stream().anyMatch(clause -> clause.startsWith(EXTENDER))) {
            return Optional.of("it has the name of " + installed.getSymbolicName() + ", to which every other bundle is bound while the product runs; "
                    + "it can only be replaced with the product");
        }
        Function<String, String> before = name -> Optional.ofNullable(present.get(name)).orElse("");
        Function<String, String> after = name -> Optional.ofNullable(offered.getValue(name)).orElse("");
        String missing = ProvidedParts.parseManifest(before).findMissing(ProvidedParts.parseManifest(after)).stream().sorted()
                .collect(Collectors.joining(", "));
        return missing.isEmpty() ? Optional.empty() : Optional.of("it has the name of " + installed.getSymbolicName()
                + ", which every login needs, but not " + missing + "; use another symbolic name, or build it from that bundle's sources");
    }
}
