package org.catseye.core.deploy.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginDescription.Signature.Kind;

/** Verifies the signature of a jar as Java does: each entry has to be signed, and its digest has to match. */
public final class JarSignature {

    /** The files of the signature itself, and the manifest, cannot be signed as entries. */
    private static final Pattern NOT_SIGNED = Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)");

    private JarSignature() {
    }

    /** Reads the whole jar, which has to be checked for its size before. */
    public static Signature readSignature(Path jar) throws IOException {
        Set<String> signers = new HashSet<>();
        boolean unsigned = false;
        boolean differs = false;
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements();) {
                JarEntry entry = entries.nextElement();
                if (entry.isDirectory() || NOT_SIGNED.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches()) {
                    continue;
                }
                Set<String> own = readSigners(file, entry);
                unsigned |= own.isEmpty();
                differs |= !signers.isEmpty() && !own.isEmpty() && !signers.equals(own);
                signers.addAll(own);
            }
        } catch (SecurityException e) {
            return new Signature(Kind.BROKEN, "");
        }
        if (signers.isEmpty()) {
            return Signature.NONE;
        }
        return unsigned || differs ? new Signature(Kind.BROKEN, "") : new Signature(Kind.SIGNED, signers.stream().sorted().collect(Collectors.joining("; ")));
    }

    /** The signers of an entry are known when it was read to the end. */
    private static Set<String> readSigners(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Arrays.stream(Optional.ofNullable(entry.getCodeSigners()).orElse(new CodeSigner[0]))
                .map(signer -> signer.getSignerCertPath().getCertificates().get(0))
                .map(certificate -> certificate instanceof X509Certificate x509 ? x509.getSubjectX500Principal().getName() : certificate.getType())
                .collect(Collectors.toSet());
    }
}
