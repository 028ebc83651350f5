package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.Test;

/** Every jar that others made is named with its version and a reason in docs/third-party.md, and with its hash in the bill of materials. */
public class ThirdPartyTest {

    private static final Path DIST = Path.of(System.getProperty("catseye.dist"));
    private static final Path PAGE = Path.of(System.getProperty("catseye.root")).resolve("docs/third-party.md");

    @Test
    public void thePageNamesWhatTheFeaturesAndTheLauncherBring() throws Exception {
        Map<String, String> shipped = new TreeMap<>(readFeatures());
        shipped.putAll(readLauncherLibraries());
        assertEquals(String.join("\n", toLines(shipped)), String.join("\n", toLines(readPage())));
    }

    @Test
    public void eachRowHasAReason() throws IOException {
        for (String[] cells : readRows()) {
            assertTrue(cells[1], cells[3].strip().length() > 8);
        }
    }

    @Test
    public void theBillOfMaterialsNamesEachShippedJarWithItsHash() throws Exception {
        Map<String, JsonNode> components = new TreeMap<>();
        new ObjectMapper().readTree(DIST.resolve("sbom.json").toFile()).get("components")
                .forEach(component -> components.put(component.get("name").asText(), component));
        for (Path jar : findShippedJars()) {
            JsonNode component = components.get(artifactName(jar));
            assertTrue("sbom.json lacks " + jar, component != null);
            assertTrue(jar.toString(), component.get("hashes").toString().contains(sha256(jar)));
        }
        assertFalse("test libraries are not shipped", components.containsKey("junit"));
        assertEquals(findShippedJars().stream().map(ThirdPartyTest::artifactName).distinct().count(), components.size());
    }

    private static TreeSet<Path> findShippedJars() throws IOException {
        TreeSet<Path> jars = new TreeSet<>();
        for (String folder : new String[] {"repository", "lib"}) {
            try (Stream<Path> files = Files.walk(DIST.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
            }
        }
        return jars;
    }

    private static String artifactName(Path jar) {
        Path parent = jar.getParent();
        return parent.endsWith("lib") ? jar.getFileName().toString().replace(".jar", "") : parent.getParent().getFileName().toString();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static Map<String, String> readFeatures() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(DIST.resolve("features"), "*.json")) {
            for (Path file : files) {
                for (JsonNode bundle : new ObjectMapper().readTree(file.toFile()).get("bundles")) {
                    String[] id = bundle.get("id").asText().split(":");
                    if (!id[0].equals("org.catseye")) {
                        versions.put(id[1], id[id.length - 1]);
                    }
                }
            }
        }
        return versions;
    }

    private static Map<String, String> readLauncherLibraries() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(DIST.resolve("lib"), "*.jar")) {
            for (Path jar : jars) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    String version = file.getManifest().getMainAttributes().getValue("Bundle-Version");
                    if (version != null && !jar.getFileName().toString().startsWith("org.catseye.")) {
                        versions.put(jar.getFileName().toString().replace(".jar", ""), version);
                    }
                }
            }
        }
        return versions;
    }

    private static Map<String, String> readPage() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        readRows().forEach(cells -> versions.put(cells[1].strip(), cells[2].strip()));
        return versions;
    }

    private static Iterable<String[]> readRows() throws IOException {
        return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| ") && !line.startsWith("| artifact "))
                .map(line -> line.split("\\|")).toList();
    }

    private static TreeSet<String> toLines(Map<String, String> versions) {
        TreeSet<String> lines = new TreeSet<>();
        versions.forEach((name, version) -> lines.add(name + " " + version));
        return lines;
    }
}
