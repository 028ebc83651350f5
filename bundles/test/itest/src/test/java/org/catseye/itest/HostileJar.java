package org.catseye.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.catseye.itest.hostile.EndlessComponent;
import org.catseye.itest.hostile.HostileBundle;

/** Jars that an administrator should better not have installed. */
final class HostileJar {

    private static final String COMPONENT = "OSGI-INF/endless.xml";
    private static final String ENDLESS = "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.3.0' name='endless'>"
            + "<service><provide interface='java.lang.Runnable'/></service><implementation class='" + EndlessComponent.class.getName() + "'/></scr:component>";

    private HostileJar() {
    }

    /** An empty bundle. */
    static byte[] named(String symbolicName, String version, Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", version);
        headers.forEach(main::putValue);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar, manifest)) {
            if (headers.containsKey("Bundle-Activator")) {
                addClass(out, HostileBundle.class);
            }
            if (headers.containsKey("Service-Component")) {
                out.putNextEntry(new JarEntry(COMPONENT));
                out.write(ENDLESS.getBytes(StandardCharsets.UTF_8));
                addClass(out, EndlessComponent.class);
            }
        }
        return jar.toByteArray();
    }

    /** A bundle with this activator only, whose package no other bundle has. */
    static byte[] plugin(String symbolicName, Class<?> activator) throws IOException {
        return pack(symbolicName, Map.of("Bundle-Activator", activator.getName(), "DynamicImport-Package", "*"), activator, Map.of());
    }

    /** A bundle with this component only. */
    static byte[] component(String symbolicName, Class<?> component) throws IOException {
        String description = "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.3.0' name='" + symbolicName + "' immediate='true'><implementation class='"
                + component.getName() + "'/></scr:component>";
        return pack(symbolicName, Map.of("Service-Component", "OSGI-INF/component.xml"), component, Map.of("OSGI-INF/component.xml", description));
    }

    private static byte[] pack(String symbolicName, Map<String, String> headers, Class<?> type, Map<String, String> files) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", "1.0.0");
        headers.forEach(main::putValue);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar, manifest)) {
            addClass(out, type);
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar.toByteArray();
    }

    private static void addClass(JarOutputStream out, Class<?> added) throws IOException {
        String file = added.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(file));
        try (InputStream in = added.getClassLoader().getResourceAsStream(file)) {
            in.transferTo(out);
        }
    }

    /** A component whose activation does not return. */
    static byte[] endless(String symbolicName) throws IOException {
        return named(symbolicName, "1.0.0", Map.of("Service-Component", COMPONENT));
    }

    /** The jar of a bundle of the product. */
    static Path find(String bundle) throws IOException {
        try (Stream<Path> jars = Files.walk(Path.of(System.getProperty("catseye.dist"), "repository"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(bundle + "-")).findFirst().orElseThrow();
        }
    }

    /** A bundle of the product that cannot resolve any more. */
    static byte[] unresolvable(Path jar) throws IOException {
        return change(jar, headers -> headers.putValue("Import-Package", headers.getValue("Import-Package") + ",not.there"));
    }

    /** A bundle of the product with other headers. */
    static byte[] change(Path jar, Consumer<Attributes> change) throws IOException {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
            Manifest manifest = in.getManifest();
            change.accept(manifest.getMainAttributes());
            try (JarOutputStream out = new JarOutputStream(changed, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return changed.toByteArray();
    }

    /** One that does this harm when it starts. */
    static byte[] doing(String harm) throws IOException {
        return named("org.example." + harm, "1.0.0", Map.of("Bundle-Activator", HostileBundle.class.getName(), "X-Harm", harm, "Import-Package", "org.osgi.framework",
                "DynamicImport-Package", "*"));
    }
}
