package org.catseye.structure.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads OSGi metatype descriptions (Compendium, chapter 105) out of a jar. */
final class MetatypeReader {

    /**
     * One form.
     *
     * @param pid the configuration's PID
     * @param factory whether there may be several configurations, each with a name after the PID
     */
    record Form(String pid, boolean factory, List<Option> options) {
    }

    /**
     * One option.
     *
     * @param defaultText empty when there is none
     * @param allowed the limits or values in words; empty when any is allowed
     */
    record Option(String key, String type, String defaultText, String allowed, String description) {
    }

    private MetatypeReader() {
    }

    /** The forms in the jar, by PID. */
    static List<Form> readForms(Path jar) throws IOException {
        List<Form> forms = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<? extends ZipEntry> entries = file.stream().filter(entry -> entry.getName().matches("OSGI-INF/metatype/.+\\.xml"))
                    .sorted((one, other) -> one.getName().compareTo(other.getName())).toList();
            for (ZipEntry entry : entries) {
                try (InputStream xml = file.getInputStream(entry)) {
                    forms.addAll(readForms(parseXml(xml)));
                }
            }
        }
        return forms;
    }

    private static Element parseXml(InputStream xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(xml).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("a metatype description is broken: " + e.getMessage(), e);
        }
    }

    private static List<Form> readForms(Element root) {
        List<Form> forms = new ArrayList<>();
        for (Element designate : elements(root, "Designate")) {
            String reference = elements(designate, "Object").get(0).getAttribute("ocdref");
            boolean factory = designate.hasAttribute("factoryPid");
            String pid = designate.getAttribute(factory ? "factoryPid" : "pid");
            for (Element form : elements(root, "OCD")) {
                if (form.getAttribute("id").equals(reference)) {
                    forms.add(new Form(pid, factory, elements(form, "AD").stream().map(MetatypeReader::readOption).toList()));
                }
            }
        }
        return forms;
    }

    private static Option readOption(Element option) {
        // Metatype escapes spaces, commas and backslashes with a backslash.
        String defaultText = option.getAttribute("default").replaceAll("\\\\(.)", "$1");
        String type = option.getAttribute("type").toLowerCase(java.util.Locale.ROOT) + (option.hasAttribute("cardinality") ? " list" : "");
        return new Option(option.getAttribute("id"), type, defaultText, describeLimits(option), option.getAttribute("description"));
    }

    private static String describeLimits(Element option) {
        List<Element> values = elements(option, "Option");
        if (!values.isEmpty()) {
            return String.join(", ", values.stream().map(value -> "`" + value.getAttribute("value") + "`").toList());
        }
        String min = option.getAttribute("min");
        String max = option.getAttribute("max");
        if (min.isEmpty() && max.isEmpty()) {
            return "";
        }
        return min.isEmpty() ? "up to " + max : max.isEmpty() ? "from " + min : min + " to " + max;
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
