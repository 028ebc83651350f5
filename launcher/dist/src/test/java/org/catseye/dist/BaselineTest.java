package org.catseye.dist;

import static org.junit.Assert.assertEquals;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The exported packages compared with the latest release, whose jars are in the folder releases/: a package that has changed needs a higher
 * version, and one that breaks its users a higher major version. After a release its jars take the place of the older ones.
 */
public class BaselineTest {

    private static final Path RELEASES = Path.of(System.getProperty("catseye.root")).resolve("releases");
    private static final Path REPOSITORY = Path.of(System.getProperty("catseye.dist")).resolve("repository");

    @Test
    public void changedPackagesHaveTheVersionThatTheirChangeDemands() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Path released : findJars(RELEASES)) {
            for (Baseline.Info info : compareWithRelease(released)) {
                if (info.mismatch) {
                    wrong.add(info.packageName + " is " + info.newerVersion + ", was released as " + info.olderVersion + ", and has to be "
                            + info.suggestedVersion + " in its package-info.java");
                }
            }
        }
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    @Test
    public void theReleaseHasEachBundleThatExportedPackages() throws IOException {
        assertEquals(Set.of("org.catseye.api", "org.catseye.device", "org.catseye.linux", "org.catseye.secrets"),
                findJars(RELEASES).stream().map(BaselineTest::artifactName).collect(Collectors.toSet()));
    }

    /** A comparison that finds nothing proves nothing: the contracts were renamed after the release, which has to be seen. */
    @Test
    public void aBreakingChangeIsSeen() throws Exception {
        Path api = findJars(RELEASES).stream().filter(jar -> artifactName(jar).equals("org.catseye.api")).findFirst().orElseThrow();
        Set<String> broken = new TreeSet<>();
        for (Baseline.Info info : compareWithRelease(api)) {
            if (info.suggestedVersion != null && info.olderVersion != null && info.suggestedVersion.getMajor() > info.olderVersion.getMajor()) {
                broken.add(info.packageName);
            }
        }
        assertEquals(broken.toString(), true, broken.contains("org.catseye.video"));
    }

    private static Set<Baseline.Info> compareWithRelease(Path released) throws Exception {
        String artifact = artifactName(released);
        Path current = findJars(REPOSITORY).stream().filter(jar -> artifactName(jar).equals(artifact)).findFirst()
                .orElseThrow(() -> new AssertionError(artifact + " was released and is in no feature"));
        try (Processor processor = new Processor(); Jar newer = new Jar(current.toFile()); Jar older = new Jar(released.toFile())) {
            return new Baseline(processor, new DiffPluginImpl()).baseline(newer, older, new Instructions());
        }
    }

    private static String artifactName(Path jar) {
        return jar.getParent().getParent().getFileName().toString();
    }

    private static List<Path> findJars(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
