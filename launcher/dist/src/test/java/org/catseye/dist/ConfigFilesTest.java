package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds the default configuration files to the forms that the bundles bring: same keys, same defaults, each explained. */
public class ConfigFilesTest {

    private static final Pattern SETTING = Pattern.compile("(#?)([A-Za-z][A-Za-z0-9.]*) = ?(.*)");
    /** Fewer characters explain nothing. */
    private static final int MOST_MEAGRE = 15;
    private final Path dist = Path.of(System.getProperty("catseye.dist"));

    @Test
    public void everyFileShowsEveryKeyOfItsFormWithItsDefault() throws Exception {
        Map<String, Map<String, String>> forms = forms();
        List<Path> files = configFiles();
        assertTrue("files were found", files.size() >= 5);
        for (Path file : files) {
            String pid = file.getFileName().toString().replaceAll("(~.*)?\\.cfg$", "");
            assertTrue(file + ": no bundle has a form for " + pid + "; there are " + forms.keySet(), forms.containsKey(pid));
            Map<String, String> shown = new TreeMap<>();
            for (String line : Files.readAllLines(file)) {
                Matcher setting = SETTING.matcher(line);
                if (setting.matches()) {
                    String key = setting.group(2);
                    // A value that is set, not only shown, may differ: it is what makes the file worth having.
                    shown.put(key, setting.group(1).isEmpty() ? forms.get(pid).get(key) : setting.group(3));
                }
            }
            assertEquals(file.toString(), forms.get(pid), shown);
        }
    }

    @Test
    public void everySettingIsExplained() throws Exception {
        for (Path file : configFiles()) {
            String before = "";
            for (String line : Files.readAllLines(file)) {
                assertTrue(file + ": nothing explains " + line, !SETTING.matcher(line).matches() || before.startsWith("# "));
                before = line;
            }
        }
    }

    /** What a technician sees in the web console: a title, and words for every setting. */
    @Test
    public void everyFormHasATitleAndExplainsEverySetting() throws Exception {
        List<String> lacking = new ArrayList<>();
        int[] seen = {0};
        eachForm(document -> {
            Element form = (Element) document.getElementsByTagName("OCD").item(0);
            String title = form.getAttribute("name");
            seen[0]++;
            if (!title.matches("Catseye:? .+") || form.getAttribute("description").length() < MOST_MEAGRE) {
                lacking.add(form.getAttribute("id") + ": title '" + title + "'");
            }
            NodeList attributes = document.getElementsByTagName("AD");
            for (int i = 0; i < attributes.getLength(); i++) {
                Element attribute = (Element) attributes.item(i);
                String name = attribute.getAttribute("name");
                boolean generated = name.isBlank() || !Character.isUpperCase(name.charAt(0)) || name.replace(" ", "").equalsIgnoreCase(attribute.getAttribute("id"))
                        && attribute.getAttribute("description").isBlank();
                if (generated || attribute.getAttribute("description").length() < MOST_MEAGRE) {
                    lacking.add(title + ": " + attribute.getAttribute("id"));
                }
                if (attribute.getAttribute("id").matches("(?i).*(password|secret).*") && !attribute.getAttribute("type").equals("Password")) {
                    lacking.add(title + ": " + attribute.getAttribute("id") + " is shown to whoever looks");
                }
            }
        });
        assertTrue("forms were found", seen[0] >= 10);
        assertEquals(List.of(), lacking);
    }

    private List<Path> configFiles() throws IOException {
        try (var files = Files.list(dist.resolve("config"))) {
            return files.filter(file -> file.toString().endsWith(".cfg")).sorted().toList();
        }
    }

    /** PID or factory PID to its keys with their defaults, from the metatype files of all bundles. */
    private Map<String, Map<String, String>> forms() throws Exception {
        Map<String, Map<String, String>> forms = new HashMap<>();
        eachForm(document -> read(document, forms));
        return forms;
    }

    private void eachForm(Consumer<Document> reader) throws Exception {
        List<Path> jars;
        try (var files = Files.walk(dist.resolve("repository/org/catseye"))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().filter(one -> one.getName().matches("OSGI-INF/metatype/.*\\.xml")).toList()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        reader.accept(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in));
                    }
                }
            }
        }
    }

    private static void read(Document document, Map<String, Map<String, String>> forms) {
        Element designate = (Element) document.getElementsByTagName("Designate").item(0);
        String pid = designate.getAttribute("pid") + designate.getAttribute("factoryPid");
        Map<String, String> keys = new TreeMap<>();
        NodeList attributes = document.getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            boolean many = !attribute.getAttribute("cardinality").isEmpty();
            // In metatype a space in a default is written with a backslash.
            keys.put(attribute.getAttribute("id"), many ? "[]" : attribute.getAttribute("default").replace("\\ ", " "));
        }
        forms.put(pid, keys);
    }
}
