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
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of the type password in the Metatype files of all installed bundles. It reads the files itself, because the Metatype
 * service starts later than ConfigurationAdmin, which must never have such a value. Thread-safe.
 */
public final class MetatypeFiles implements SecretKeys.Descriptions {

    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    private static final String FOLDER = "OSGI-INF/metatype/";
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final XMLInputFactory XML = createFactory();

    private final BundleTracker<Map<String, Set<String>>> bundles;

    public MetatypeFiles(BundleContext context) {
        int installed = Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;
        bundles = new BundleTracker<>(context, installed, null) {
            @Override
            public Map<String, Set<String>> addingBundle(Bundle bundle, BundleEvent event) {
                Map<String, Set<String>> passwords = readBundle(bundle);
                return passwords.isEmpty() ? null : passwords;
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
        bundles.getTracked().values().forEach(passwords -> keys.addAll(passwords.getOrDefault(pid, Set.of())));
        return keys;
    }

    private static Map<String, Set<String>> readBundle(Bundle bundle) {
        Map<String, Set<String>> passwords = new HashMap<>();
        var paths = bundle.getEntryPaths(FOLDER);
        for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
            URL file = path.endsWith(".xml") ? bundle.getEntry(path) : null;
            if (file != null) {
                try (InputStream in = file.openStream()) {
                    readFile(new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8))
                            .forEach((pid, keys) -> passwords.computeIfAbsent(pid, none -> new HashSet<>()).addAll(keys));
                } catch (IOException | XMLStreamException e) {
                    LOG.warn("{} of {} cannot be read; its settings are secret by their names only", path, bundle.getSymbolicName(), e);
                }
            }
        }
        return passwords;
    }

    /** The keys of the type password by PID. */
    static Map<String, Set<String>> readFile(String text) throws XMLStreamException {
        // Most files have none, and parsing is slow on a small board.
        if (!text.contains("\"Password\"") && !text.contains("'Password'")) {
            return Map.of();
        }
        Map<String, Set<String>> keysByForm = new HashMap<>();
        Map<String, Set<String>> keysByPid = new HashMap<>();
        Set<String> form = Set.of();
        String pid = "";
        XMLStreamReader xml = XML.createXMLStreamReader(new StringReader(text));
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "OCD" -> form = keysByForm.computeIfAbsent(readAttribute(xml, "id"), none -> new HashSet<>());
                case "AD" -> {
                    if (readAttribute(xml, "type").equals("Password")) {
                        form.add(readAttribute(xml, "id"));
                    }
                }
                case "Designate" -> pid = readAttribute(xml, "factoryPid").isEmpty() ? readAttribute(xml, "pid") : readAttribute(xml, "factoryPid");
                case "Object" -> keysByPid.put(pid, keysByForm.getOrDefault(readAttribute(xml, "ocdref"), Set.of()));
                default -> { }
            }
        }
        keysByPid.values().removeIf(Set::isEmpty);
        return keysByPid;
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
