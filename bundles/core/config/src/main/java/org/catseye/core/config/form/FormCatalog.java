package org.catseye.core.config.form;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forms that the installed bundles describe (OSGi Metatype). If several bundles describe a PID, the running one counts. Thread-safe. */
final class FormCatalog {

    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    /** Empty while there is no Metatype service. */
    private final Supplier<Optional<MetaTypeService>> metatype;
    private final Supplier<Bundle[]> bundles;

    /**
     * A form.
     *
     * @param single whether there is one configuration with this PID
     * @param several whether there are configurations named {@code pid~name}
     */
    record Described(String pid, Bundle bundle, ObjectClassDefinition definition, boolean single, boolean several) {

        List<AttributeDefinition> attributes() {
            AttributeDefinition[] all = definition.getAttributeDefinitions(ObjectClassDefinition.ALL);
            return all == null ? List.of() : List.of(all);
        }

        /** Whether the description says that this setting can be left out. */
        boolean isOptional(String key) {
            AttributeDefinition[] optional = definition.getAttributeDefinitions(ObjectClassDefinition.OPTIONAL);
            return optional != null && Arrays.stream(optional).anyMatch(each -> key.equals(each.getID()));
        }

        boolean running() {
            return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
        }
    }

    FormCatalog(Supplier<Optional<MetaTypeService>> metatype, Supplier<Bundle[]> bundles) {
        this.metatype = metatype;
        this.bundles = bundles;
    }

    /** All forms by PID. */
    Map<String, Described> listForms() {
        Map<String, Described> forms = new TreeMap<>();
        metatype.get().ifPresent(service -> orderBundles().forEach(bundle -> readSafely(bundle, "", () -> {
            addForms(service, bundle, forms);
            return Optional.empty();
        })));
        return forms;
    }

    Optional<Described> findForm(String pid) {
        return metatype.get().flatMap(service -> {
            for (Bundle bundle : orderBundles()) {
                Optional<Described> found = readSafely(bundle, pid, () -> findForm(service, bundle, pid));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<Described> findForm(MetaTypeService service, Bundle bundle, String pid) {
        MetaTypeInformation known = service.getMetaTypeInformation(bundle);
        boolean described = known != null && (isAmong(pid, known.getPids()) || isAmong(pid, known.getFactoryPids()));
        return described ? describe(pid, bundle, known) : Optional.empty();
    }

    private static void addForms(MetaTypeService service, Bundle bundle, Map<String, Described> forms) {
        MetaTypeInformation known = service.getMetaTypeInformation(bundle);
        if (known != null) {
            Stream.of(known.getPids(), known.getFactoryPids()).flatMap(pids -> Arrays.stream(orNone(pids))).filter(pid -> !forms.containsKey(pid))
                    .distinct().forEach(pid -> readSafely(bundle, pid, () -> describe(pid, bundle, known)).ifPresent(form -> forms.put(pid, form)));
        }
    }

    private static Optional<Described> describe(String pid, Bundle bundle, MetaTypeInformation known) {
        return Optional.ofNullable(known.getObjectClassDefinition(pid, null))
                .map(definition -> new Described(pid, bundle, definition, isAmong(pid, known.getPids()), isAmong(pid, known.getFactoryPids())));
    }

    /**
     * Reads what a bundle describes. A description can come from code of the bundle, and the bundle may be uninstalled meanwhile. A failure is
     * logged, so that the other forms can be used.
     *
     * @param subject the PID of the form; empty for all forms of the bundle
     */
    static <T> Optional<T> readSafely(Bundle bundle, String subject, Supplier<Optional<T>> description) {
        try {
            return description.get();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The bundle {} does not describe its settings {} correctly, so they are left out", bundle.getSymbolicName(), subject, e);
            return Optional.empty();
        }
    }

    /** Running ones first, then by version: an added bundle can replace one of the product, which stays installed. */
    private List<Bundle> orderBundles() {
        return Arrays.stream(bundles.get()).sorted(Comparator.<Bundle>comparingInt(bundle -> bundle.getState() == Bundle.ACTIVE ? 0 : 1)
                .thenComparing(Bundle::getVersion, Comparator.reverseOrder())).toList();
    }

    private static boolean isAmong(String pid, String[] pids) {
        return Arrays.asList(orNone(pids)).contains(pid);
    }

    private static String[] orNone(String[] names) {
        return names == null ? new String[0] : names;
    }
}
