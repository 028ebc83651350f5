package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.Test;

/** The tier rules as the finished jars' manifests show them. */
public class ManifestIT {

    private static final List<String> LIBRARIES = List.of("org.catseye.concurrent", "org.catseye.device", "org.catseye.files", "org.catseye.http",
            "org.catseye.jpeg", "org.catseye.linux", "org.catseye.options", "org.catseye.process", "org.catseye.rfb", "org.catseye.secrets",
            "org.catseye.services", "org.catseye.trust");
    private final Map<String, Attributes> manifests = manifests();

    @Test
    public void thereAreBundlesToLookAt() {
        assertTrue(manifests.keySet().toString(), manifests.size() >= 12);
    }

    @Test
    public void onlyContractsAndLibrariesExport() {
        assertEquals(List.of(), offenders((name, manifest) -> manifest.getValue("Export-Package") != null
                && !name.equals("org.catseye.api") && !LIBRARIES.contains(name)));
    }

    @Test
    public void onlyTheSocketBundleIsTypedByTheWebServer() {
        assertEquals(List.of(), offenders((name, manifest) -> imports(manifest).contains("org.eclipse.jetty")
                && !name.equals("org.catseye.web.socket")));
    }

    @Test
    public void onlyTheLinuxBundleCallsNatives() {
        assertEquals(List.of(), offenders((name, manifest) -> imports(manifest).contains("com.sun.jna")
                && !name.equals("org.catseye.linux")));
    }

    @Test
    public void contractsDependOnNothing() {
        String imports = imports(manifests.get("org.catseye.api")).replaceAll("org\\.catseye\\.[a-z.]+", "");
        assertTrue(imports, !imports.contains("org."));
    }

    @Test
    public void everyBundleCarriesItsLicence() {
        assertEquals(List.of(), offenders((name, manifest) -> !"Apache-2.0".equals(manifest.getValue("Bundle-License"))));
    }

    private interface Offence {
        boolean by(String name, Attributes manifest);
    }

    private List<String> offenders(Offence offence) {
        List<String> offenders = new ArrayList<>();
        manifests.forEach((name, manifest) -> {
            if (offence.by(name, manifest)) {
                offenders.add(name);
            }
        });
        return offenders;
    }

    private static String imports(Attributes manifest) {
        return String.valueOf(manifest.getValue("Import-Package"));
    }

    private static Map<String, Attributes> manifests() {
        Map<String, Attributes> manifests = new TreeMap<>();
        Path ours = Path.of(System.getProperty("catseye.dist")).resolve("repository/org/catseye");
        try (Stream<Path> files = Files.walk(ours)) {
            for (Path jar : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    Attributes manifest = file.getManifest().getMainAttributes();
                    manifests.put(manifest.getValue("Bundle-SymbolicName"), manifest);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the distribution is not built: " + ours, e);
        }
        return manifests;
    }
}
