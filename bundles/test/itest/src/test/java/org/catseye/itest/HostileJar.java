package org.catseye.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.catseye.itest.hostile.HostileBundle;

/** Jars that an administrator should better not have installed. */
final class HostileJar {

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
                String file = HostileBundle.class.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(file));
                try (InputStream in = HostileBundle.class.getClassLoader().getResourceAsStream(file)) {
                    in.transferTo(out);
                }
            }
        }
        return jar.toByteArray();
    }

    /** One that does this harm when it starts. */
    static byte[] doing(String harm) throws IOException {
        return named("org.example." + harm, "1.0.0", Map.of("Bundle-Activator", HostileBundle.class.getName(), "X-Harm", harm, "Import-Package", "org.osgi.framework",
                "DynamicImport-Package", "*"));
    }
}
