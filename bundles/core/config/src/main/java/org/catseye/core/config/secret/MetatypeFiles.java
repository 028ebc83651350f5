package org.catseye.core.config.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.catseye.core.config.settings.Form;
import org.catseye.core.config.settings.NumberLimits;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings in the Metatype files of all installed bundles, and which of them are passwords. It reads the files itself, because the Metatype
 * service starts later than ConfigurationAdmin, which must never have such a value. Thread-safe.
 */
public final class MetatypeFiles implements SecretKeys.Descriptions, Form.Finder {

    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    private static final String FOLDER = "OSGI-INF/metatype/";
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final XMLInputFactory XML = createFactory();

    private final BundleTracker<Described> bundles;

    /** A bundle with Metatype files. The forms are parsed when they are first needed. */
    private static final class Described {
        private final Bundle bundle;
        private final Map<String, Set<String>> passwords;
        private Map<String, Form> forms;
        private Map<String, Map<String, NumberLimits>> limits;

        Described(Bundle bundle) {
            this.bundle = bundle;
            passwords = readBundle(bundle, MetatypeFiles::readFile, MetatypeFiles::joinKeys);
        }

        synchronized Optional<Form> findForm(String pid) {
            if (forms == null) {
                forms = readBundle(bundle, MetatypeFiles::readForms, MetatypeFiles::joinForms);
            }
            return Optional.ofNullable(forms.get(pid));
        }

        synchronized Map<String, NumberLimits> findLimits(String pid) {
            if (limits == null) {
                limits = readBundle(bundle, MetatypeFiles::readLimits, (one, two) -> two);
            }
            return limits.getOrDefault(pid, Map.of());
        }
    }

    /** Reads one file. */
    private interface Reader<V> {
        Map<String, V> readText(String text) throws XMLStreamException;
    }

    public MetatypeFiles(BundleContext context) {
        int installed = Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;
        bundles = new BundleTracker<>(context, installed, null) {
            @Override
            public Described addingBundle(Bundle bundle, BundleEvent event) {
                return bundle.getEntryPaths(FOLDER) == null ? null : new Described(bundle);
            }
        };
    }

    /** Reads the bundles that are installed, and each one that is installed later. */
    public void open() {
        bundles.open();
    }

    public void close() {
        bundles.close();
    }

    @Override
    public Set<String> findPasswords(String pid) {
        Set<String> keys = new HashSet<>();
        bundles.getTracked().values().forEach(described -> keys.addAll(described.passwords.getOrDefault(pid, Set.of())));
        return keys;
    }

    @Override
    public Optional<Form> findForm(String pid) {
        return bundles.getTracked().values().stream().flatMap(described -> described.findForm(pid).stream()).reduce(MetatypeFiles::joinForms);
    }

    /** The limits of the numbers of a form by key, which the Metatype service does not report. */
    public Map<String, NumberLimits> findLimits(String pid) {
        Map<String, NumberLimits> found = new HashMap<>();
        bundles.getTracked().values().forEach(described -> found.putAll(described.findLimits(pid)));
        return found;
    }

    private static <V> Map<String, V> readBundle(Bundle bundle, Reader<V> reader, BinaryOperator<V> join) {
        Map<String, V> found = new HashMap<>();
        var paths = bundle.getEntryPaths(FOLDER);
        for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
            URL file = path.endsWith(".xml") ? bundle.getEntry(path) : null;
            if (file != null) {
                try (InputStream in = file.openStream()) {
                    reader.readText(new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8))
                            .forEach((pid, value) -> found.merge(pid, value, join));
                } catch (IOException | XMLStreamException e) {
                    LOG.warn("{} of {} cannot be read; its settings are secret by their names only", path, bundle.getSymbolicName(), e);
                }
            }
        }
        return found;
    }

    private static Set<String> joinKeys(Set<String> one, Set<String> two) {
        Set<String> keys = new HashSet<>(one);
        keys.addAll(two);
        return keys;
    }

    private static Form joinForms(Form one, Form two) {
        return new Form(joinKeys(one.keys(), two.keys()), one.single() || two.single(), one.several() || two.several());
    }

    /** The keys of the type password by PID. */
    static Map<String, Set<String>> readFile(String text) throws XMLStreamException {
        // Most files have none, and parsing is slow on a small board.
        if (!text.contains("\"Password\"") && !text.contains("'Password'")) {
            return Map.of();
        }
        Map<String, Set<String>> keys = new HashMap<>();
        parseFile(text, "Password"::equals).forEach((pid, parsed) -> keys.put(pid, parsed.form().keys()));
        keys.values().removeIf(Set::isEmpty);
        return keys;
    }

    /** All settings by PID. */
    static Map<String, Form> readForms(String text) throws XMLStreamException {
        Map<String, Form> forms = new HashMap<>();
        parseFile(text, type -> true).forEach((pid, parsed) -> forms.put(pid, parsed.form()));
        return forms;
    }

    /** The limits of numbers by PID and key. */
    static Map<String, Map<String, NumberLimits>> readLimits(String text) throws XMLStreamException {
        Map<String, Map<String, NumberLimits>> limits = new HashMap<>();
        parseFile(text, type -> true).forEach((pid, parsed) -> limits.put(pid, parsed.limits()));
        return limits;
    }

    private record Parsed(Form form, Map<String, NumberLimits> limits) {

        Parsed join(Parsed other) {
            Map<String, NumberLimits> all = new HashMap<>(limits);
            all.putAll(other.limits);
            return new Parsed(joinForms(form, other.form), all);
        }
    }

    /** @param wanted the types of the settings that are returned */
    private static Map<String, Parsed> parseFile(String text, Predicate<String> wanted) throws XMLStreamException {
        Map<String, Map<String, NumberLimits>> limitsByForm = new HashMap<>();
        Map<String, Parsed> formsByPid = new HashMap<>();
        Map<String, NumberLimits> limits = new HashMap<>();
        String pid = "";
        boolean several = false;
        XMLStreamReader xml = XML.createXMLStreamReader(new StringReader(text));
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "OCD" -> limits = limitsByForm.computeIfAbsent(readAttribute(xml, "id"), none -> new HashMap<>());
                case "AD" -> {
                    if (wanted.test(readAttribute(xml, "type"))) {
                        limits.put(readAttribute(xml, "id"), new NumberLimits(readAttribute(xml, "min"), readAttribute(xml, "max")));
                    }
                }
                case "Designate" -> {
                    several = !readAttribute(xml, "factoryPid").isEmpty();
                    pid = several ? readAttribute(xml, "factoryPid") : readAttribute(xml, "pid");
                }
                case "Object" -> {
                    Map<String, NumberLimits> found = limitsByForm.getOrDefault(readAttribute(xml, "ocdref"), Map.of());
                    formsByPid.merge(pid, new Parsed(new Form(found.keySet(), !several, several), found), Parsed::join);
                }
                default -> { }
            }
        }
        return formsByPid;
    }

    private static String readAttribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private static XMLInputFactory createFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
