package org.catseye.structure;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Which tier may depend on which: the table of docs/architecture.md against the poms under bundles/. */
public class TierTest {

    private static final Path ROOT = Path.of(System.getProperty("catseye.root"));
    private static final String JETTY = "org.apache.felix.http.jetty12";

    /** @param scope compile, provided or test */
    private record Dependency(String artifact, String scope) {
    }

    /** @param folder below bundles/: {@code core/video} */
    private record Module(String folder, String artifact, List<Dependency> dependencies) {
        String tier() {
            return artifact.equals("org.catseye.testkit") ? "testkit" : folder.split("/")[0];
        }
    }

    @Test
    public void theTableNamesEachTier() throws Exception {
        Set<String> tiers = readModules().stream().map(module -> module.folder().split("/")[0]).collect(Collectors.toSet());
        assertEquals(readArrows(2).keySet(), tiers);
        assertTrue(tiers.toString(), tiers.containsAll(Set.of("api", "core", "driver", "web")));
    }

    @Test
    public void bundlesUseOnlyTheTiersThatTheTableAllows() throws Exception {
        List<Module> modules = readModules();
        Map<String, Module> byArtifact = modules.stream().collect(Collectors.toMap(Module::artifact, module -> module));
        Map<String, Set<String>> main = readArrows(2);
        Map<String, Set<String>> test = readArrows(3);
        List<String> offences = new ArrayList<>();
        for (Module module : modules) {
            String tier = module.folder().split("/")[0];
            for (Dependency dependency : module.dependencies()) {
                Module used = byArtifact.get(dependency.artifact());
                boolean allowed = used == null || main.get(tier).contains(used.tier())
                        || dependency.scope().equals("test") && test.get(tier).contains(used.tier());
                if (!allowed) {
                    offences.add(module.folder() + " uses " + used.folder());
                }
            }
        }
        assertEquals("Talk through services of org.catseye.api instead.", List.of(), offences);
    }

    @Test
    public void theWebTierOpensNoDevices() throws Exception {
        assertEquals(List.of(), foldersThatUse(Set.of("org.catseye.linux", "org.catseye.device"), "web/"));
    }

    @Test
    public void onlyTheSocketBundleDependsOnJetty() throws Exception {
        assertEquals(List.of("web/socket"), foldersThatUse(Set.of(JETTY), ""));
    }

    private static List<String> foldersThatUse(Set<String> artifacts, String below) throws Exception {
        return readModules().stream().filter(module -> module.folder().startsWith(below))
                .filter(module -> module.dependencies().stream().anyMatch(dependency -> artifacts.contains(dependency.artifact())))
                .map(Module::folder).toList();
    }

    /** @param column 2: what a tier's code may use, 3: what else its tests may use */
    private static Map<String, Set<String>> readArrows(int column) throws Exception {
        Map<String, Set<String>> arrows = new TreeMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(ROOT.resolve("docs/architecture.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && cells[1].strip().equals("tier")) {
                inside = true;
            } else if (inside && cells.length != 5) {
                break;
            } else if (inside && !cells[1].startsWith("-")) {
                arrows.put(cells[1].strip(), Set.of(cells[column].strip().split(", ")));
            }
        }
        return arrows;
    }

    /** With the dependencies that a tier's pom gives to all of its bundles. */
    private static List<Module> readModules() throws Exception {
        List<Module> modules = new ArrayList<>();
        Path bundles = ROOT.resolve("bundles");
        Map<Path, List<Dependency>> shared = new HashMap<>();
        try (Stream<Path> poms = Files.walk(bundles, 3)) {
            for (Path pom : poms.filter(file -> file.endsWith("pom.xml")).sorted().toList()) {
                Element project = parseXml(pom);
                List<Dependency> dependencies = new ArrayList<>(readDependencies(project));
                if (childText(project, "packaging", "jar").equals("pom")) {
                    shared.put(pom.getParent(), dependencies);
                } else {
                    dependencies.addAll(shared.getOrDefault(pom.getParent().getParent(), List.of()));
                    modules.add(new Module(bundles.relativize(pom.getParent()).toString(), childText(project, "artifactId", ""), dependencies));
                }
            }
        }
        return modules;
    }

    private static List<Dependency> readDependencies(Element project) {
        return children(project, "dependencies").flatMap(list -> children(list, "dependency"))
                .map(each -> new Dependency(childText(each, "artifactId", ""), childText(each, "scope", "compile"))).toList();
    }

    private static Element parseXml(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder().parse(file.toFile());
        return document.getDocumentElement();
    }

    private static String childText(Element element, String name, String otherwise) {
        return children(element, name).map(child -> child.getTextContent().strip()).findFirst().orElse(otherwise);
    }

    private static Stream<Element> children(Element element, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element each && each.getTagName().equals(name)) {
                found.add(each);
            }
        }
        return found.stream();
    }
}
