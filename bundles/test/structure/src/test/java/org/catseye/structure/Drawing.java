package org.catseye.structure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** One SVG drawing of the documentation, as far as DrawingsTest checks it. */
final class Drawing {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final int MAX_BYTES = 20_000;
    /** Pictures and programs: pages that show drawings do not load or run them. */
    private static final Set<String> FORBIDDEN_ELEMENTS = Set.of("image", "script", "foreignObject", "use", "a");
    /** The background may leave out a border of this many units on each side. */
    private static final double MAX_MARGIN = 2;

    private final byte[] content;

    Drawing(byte[] content) {
        this.content = content.clone();
    }

    /** What is wrong with the drawing; empty if nothing is. */
    List<String> findFaults() {
        List<String> faults = new ArrayList<>();
        if (content.length > MAX_BYTES) {
            faults.add("it has " + content.length + " bytes, and " + MAX_BYTES + " are allowed");
        }
        try {
            checkRoot(parseDocument().getDocumentElement(), faults);
        } catch (SAXException e) {
            faults.add("it is not well-formed: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        return faults;
    }

    private Document parseDocument() throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        // Without it, the parser prints each error.
        builder.setErrorHandler(new DefaultHandler());
        return builder.parse(new ByteArrayInputStream(content));
    }

    private static void checkRoot(Element root, List<String> faults) {
        if (!NAMESPACE.equals(root.getNamespaceURI()) || !"svg".equals(root.getLocalName())) {
            faults.add("it is not an SVG drawing");
            return;
        }
        checkAccessibility(root, faults);
        checkBackground(root, faults);
        if (findElements(root, "text").findAny().isEmpty()) {
            faults.add("it has no text");
        }
        if (findElements(root, "style").noneMatch(style -> style.getTextContent().contains("font-family: sans-serif"))) {
            faults.add("its font is not sans-serif");
        }
        FORBIDDEN_ELEMENTS.stream().sorted().filter(name -> findElements(root, name).findAny().isPresent()).forEach(name -> faults.add("it has the element " + name));
    }

    /** Screen readers read the title and the description, which the root names. */
    private static void checkAccessibility(Element root, List<String> faults) {
        for (String name : List.of("title", "desc")) {
            boolean isDescribed = findElements(root, name).anyMatch(element -> root.equals(element.getParentNode()) && !element.getTextContent().isBlank()
                    && List.of(root.getAttribute("aria-labelledby").split(" ")).contains(element.getAttribute("id")));
            if (!isDescribed) {
                faults.add("it has no " + name + " that aria-labelledby names");
            }
        }
        if (!root.getAttribute("role").equals("img")) {
            faults.add("its role is not img");
        }
    }

    /** A drawing without its own background cannot be read on a dark page. */
    private static void checkBackground(Element root, List<String> faults) {
        String[] box = root.getAttribute("viewBox").trim().split(" +");
        if (box.length != 4) {
            faults.add("it has no viewBox");
            return;
        }
        boolean hasBackground = findElements(root, "rect").findFirst().filter(rect -> !rect.getAttribute("fill").isEmpty()
                && covers(rect, "width", box[2]) && covers(rect, "height", box[3])).isPresent();
        if (!hasBackground) {
            faults.add("its first rectangle is not a background for all of it");
        }
    }

    private static boolean covers(Element rect, String attribute, String size) {
        String value = rect.getAttribute(attribute);
        return !value.isEmpty() && Double.parseDouble(value) >= Double.parseDouble(size) - 2 * MAX_MARGIN;
    }

    private static Stream<Element> findElements(Element root, String name) {
        var found = root.getElementsByTagNameNS(NAMESPACE, name);
        return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
    }
}
