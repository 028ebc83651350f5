package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.Test;

/** Looks at the folder that the assembly has just made. */
public class DistributionTest {
    private final Path dist = Path.of(System.getProperty("catseye.dist"));

    private Set<String> below(String folder, String suffix) throws IOException {
        Path root = dist.resolve(folder);
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(suffix)).map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    static String path(String id) {
        String[] part = id.split(":");
        String version = part[part.length - 1];
        String classifier = part.length == 5 ? "-" + part[3] : "";
        return part[0].replace('.', '/') + "/" + part[1] + "/" + version + "/" + part[1] + "-" + version + classifier + ".jar";
    }

    private Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String feature : below("features", ".json")) {
            JsonNode bundles = new ObjectMapper().readTree(dist.resolve("features").resolve(feature).toFile()).get("bundles");
            bundles.forEach(bundle -> listed.add(path(bundle.get("id").asText())));
        }
        return listed;
    }

    @Test
    public void theFeaturesListWhatTheRepositoryHoldsAndNothingElse() throws Exception {
        assertEquals(String.join("\n", listed()), String.join("\n", below("repository", ".jar")));
    }

    @Test
    public void everyJarInTheRepositoryIsABundleOfItsOwn() throws Exception {
        Set<String> names = new TreeSet<>();
        for (String jar : below("repository", ".jar")) {
            try (JarFile file = new JarFile(dist.resolve("repository").resolve(jar).toFile())) {
                String name = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                assertTrue(jar + " has no symbolic name", name != null);
                assertTrue("two bundles are named " + name, names.add(name.split(";")[0].trim()));
            }
        }
    }

    @Test
    public void ourBundlesAreNamedAsTheirArtifacts() throws Exception {
        for (String jar : below("repository/org/catseye", ".jar")) {
            try (JarFile file = new JarFile(dist.resolve("repository/org/catseye").resolve(jar).toFile())) {
                assertEquals(jar.split("/")[0], file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
            }
        }
    }

    @Test
    public void everyThirdPartyJarIsInTheListOfLicences() throws Exception {
        String licences = Files.readString(dist.resolve("THIRD-PARTY.txt"));
        for (String jar : below("repository", ".jar")) {
            String[] part = jar.split("/");
            String entry = "    " + part[part.length - 3] + " " + part[part.length - 2] + "\n";
            assertTrue("THIRD-PARTY.txt lacks" + entry, jar.startsWith("org/catseye/") || licences.contains(entry));
        }
    }

    @Test
    public void whatAPersonNeedsIsThere() {
        assertTrue(Files.isExecutable(dist.resolve("bin/catseye")));
        assertTrue(Files.isExecutable(dist.resolve("bin/catseye-recover")));
        assertTrue(Files.isExecutable(dist.resolve("bin/catseye-plugin")));
        for (String name : List.of("LICENSE", "NOTICE", "README.txt", "config/logging.properties", "features/base.json", "lib/org.catseye.launcher.jar",
                "system/catseye.service", "system/catseye-gadget.service", "system/70-catseye.rules", "system/catseye.sysusers", "system/60-catseye.conf")) {
            assertTrue(name, Files.isRegularFile(dist.resolve(name)));
        }
    }

    /** The way back in has to work when nothing else does: without network, from the archive alone. */
    @Test
    public void aNewPasswordCanBeSetFromTheArchiveAlone() throws Exception {
        Path home = Files.createTempDirectory("catseye-home");
        Path access = Files.createDirectory(home.resolve("access"));
        try {
            ProcessBuilder command = new ProcessBuilder(dist.resolve("bin/catseye").toString(), "recover", "--home", home.toString()).redirectErrorStream(true);
            Process process = command.start();
            process.getOutputStream().write("four other odd words\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(said, 0, process.waitFor());
            assertTrue(said, said.contains("Start it"));
            String left = Files.readString(access.resolve("recovery-request.json"));
            assertTrue(left, left.contains("$argon2id$") && !left.contains("odd words"));
        } finally {
            Files.deleteIfExists(access.resolve("recovery-request.json"));
            Files.delete(access);
            Files.delete(home);
        }
    }

    /** Under the service's name, as the message says, and that has no /opt in its path. */
    @Test
    public void whoIsNotTheOwnerIsToldACommandThatWorks() throws Exception {
        Path home = Files.createTempDirectory("catseye-home");
        Path access = Files.createDirectory(home.resolve("access"));
        try {
            ProcessBuilder command = new ProcessBuilder(dist.resolve("bin/catseye").toString(), "recover", "--home", home.toString()).redirectErrorStream(true);
            command.environment().put("JAVA_TOOL_OPTIONS", "-Duser.name=somebody-else");
            Process process = command.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(said, 2, process.waitFor());
            assertTrue(said, said.contains("sudo -u " + Files.getOwner(access).getName() + " " + dist.toRealPath() + "/bin/catseye recover --home " + home));
        } finally {
            Files.delete(access);
            Files.delete(home);
        }
    }

    @Test
    public void aPluginCanBeVerifiedFromTheArchiveAlone() throws Exception {
        Path jar = dist.resolve("repository").resolve(below("repository", ".jar").stream().filter(name -> name.contains("org.catseye.api-")).findFirst().orElseThrow());
        Process process = new ProcessBuilder(dist.resolve("bin/catseye").toString(), "plugin", "verify", jar.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(said, 1, process.waitFor());
        assertTrue(said, said.contains("Plug-in:     org.catseye.api ") && said.contains("Signature:   unsigned"));
    }

    @Test
    public void theLauncherHasNoMoreOnItsClassPathThanItNeeds() throws Exception {
        assertEquals(Set.of("jackson-core.jar", "org.apache.felix.framework.jar", "org.catseye.concurrent.jar", "org.catseye.files.jar", "org.catseye.launcher.jar", "slf4j-api.jar", "slf4j-jdk14.jar"),
                below("lib", ".jar"));
    }
}
