package org.catseye.core.deploy.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.core.deploy.signature.JarSignature.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a jar as Java does, and requires more: every file has to be signed by the same signer, no signed file may be missing, the signature has
 * to cover the manifest as a whole, and the jar must not mean different things to different readers ({@link EntryComparison}).
 */
final class SignatureReader {

    private static final Logger LOG = LoggerFactory.getLogger(SignatureReader.class);
    private static final String FOLDER = "META-INF/";
    private static final Pattern SIGNATURE_FILE = Pattern.compile("META-INF/[^/]+\\.SF");
    private static final Pattern SIGNATURE_BLOCK = Pattern.compile("META-INF/[^/]+\\.(RSA|DSA|EC)");
    private static final Pattern MANIFEST_DIGEST = Pattern.compile("(.+)-Digest-Manifest", Pattern.CASE_INSENSITIVE);
    private static final String FILE_DIGEST = "-digest";
    private static final String INCOMPLETE = "its signature files are incomplete or were changed";
    private static final int MAX_SIGNATURE_BYTES = 4 << 20;
    private static final int MAX_NAME_CHARS = 100;

    /** The signature does not match the jar. The message is a clause for {@link JarSignature#reason}. */
    static final class DamageException extends Exception {

        private static final long serialVersionUID = 1;

        DamageException(String message) {
            super(message);
        }
    }

    private final Path jar;

    SignatureReader(Path jar) {
        this.jar = jar;
    }

    JarSignature readSignature() throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            List<JarEntry> entries = file.stream().toList();
            if (entries.stream().noneMatch(SignatureReader::isPartOfSignature)) {
                return JarSignature.NONE;
            }
            checkNames(entries);
            Set<CodeSigner> signers = verifyEntries(file, entries);
            if (signers.isEmpty()) {
                return explainMissingSigner(file, entries);
            }
            byte[] manifest = readBytes(file, file.getJarEntry(JarFile.MANIFEST_NAME));
            checkMissingFiles(manifest, entries);
            Set<Certificate> partial = listPartialSigners(file, entries, manifest);
            List<CodeSigner> whole = signers.stream().filter(signer -> !partial.contains(signer.getSignerCertPath().getCertificates().get(0))).toList();
            return whole.isEmpty() ? JarSignature.damaged("its manifest was changed after it was signed, or is only signed in part") : new JarSignature(Kind.SIGNED, whole, "");
        } catch (DamageException e) {
            return JarSignature.damaged(e.getMessage());
        } catch (SecurityException e) {
            return JarSignature.damaged("its signature does not match its content (" + MakerCertificate.cleanText(String.valueOf(e.getMessage()), MAX_NAME_CHARS) + ")");
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("the signature of {} cannot be parsed", jar, e);
            return JarSignature.damaged("its signature cannot be read");
        }
    }

    private static boolean matches(Pattern pattern, JarEntry entry) {
        return pattern.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches();
    }

    private static boolean isPartOfSignature(JarEntry entry) {
        return matches(SIGNATURE_FILE, entry) || matches(SIGNATURE_BLOCK, entry);
    }

    /** These files cannot be signed as entries. */
    private static boolean isSignable(JarEntry entry) {
        return !isPartOfSignature(entry) && !entry.getName().equals(JarFile.MANIFEST_NAME) && !(entry.isDirectory() && entry.getSize() == 0);
    }

    /** Java finds the manifest and the signature files in upper and lower case, the framework only in upper case. */
    private static void checkNames(List<JarEntry> entries) throws DamageException {
        Set<String> names = new HashSet<>();
        for (JarEntry entry : entries) {
            String upper = entry.getName().toUpperCase(Locale.ROOT);
            if (!names.add(upper.startsWith(FOLDER) ? upper : entry.getName())) {
                throw new DamageException("it is signed, and has the file " + describe(entry.getName()) + " twice");
            }
            if (upper.equals(JarFile.MANIFEST_NAME) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                throw new DamageException("it is signed, and its manifest has the name " + describe(entry.getName()));
            }
        }
    }

    private static String describe(String name) {
        return MakerCertificate.cleanText(name, MAX_NAME_CHARS);
    }

    /** Returns the signers of all files. None if no file has one. */
    private Set<CodeSigner> verifyEntries(JarFile file, List<JarEntry> entries) throws IOException, DamageException {
        EntryComparison comparison = new EntryComparison();
        Set<CodeSigner> all = new LinkedHashSet<>();
        Optional<Set<CodeSigner>> common = Optional.empty();
        Optional<String> unsigned = Optional.empty();
        for (JarEntry entry : entries) {
            try (InputStream in = file.getInputStream(entry)) {
                comparison.addEntry(entry.getName(), in);
            }
            if (!isSignable(entry)) {
                continue;
            }
            // Known after the entry was read to the end.
            Set<CodeSigner> own = new LinkedHashSet<>(List.of(Optional.ofNullable(entry.getCodeSigners()).orElse(new CodeSigner[0])));
            all.addAll(own);
            unsigned = own.isEmpty() && unsigned.isEmpty() ? Optional.of(entry.getName()) : unsigned;
            common.ifPresent(signers -> signers.retainAll(own));
            common = common.or(() -> Optional.of(own));
        }
        comparison.checkStream(jar);
        if (!all.isEmpty() && unsigned.isPresent()) {
            throw new DamageException("it is signed, but its file " + describe(unsigned.get()) + " is not");
        }
        if (!all.isEmpty() && common.orElse(Set.of()).isEmpty()) {
            throw new DamageException("its files are signed, but not all of them by the same signer");
        }
        return common.orElse(Set.of());
    }

    private static void checkMissingFiles(byte[] manifest, List<JarEntry> entries) throws IOException, DamageException {
        Set<String> names = new HashSet<>();
        entries.forEach(entry -> names.add(entry.getName()));
        for (Map.Entry<String, Attributes> section : new Manifest(new ByteArrayInputStream(manifest)).getEntries().entrySet()) {
            if (!names.contains(section.getKey()) && hasDigest(section.getValue())) {
                throw new DamageException("its signed file " + describe(section.getKey()) + " is missing");
            }
        }
    }

    /**
     * Lists the certificates in the blocks of signature files that do not cover the whole manifest. Java accepts such a signature for the files
     * that it names, with other headers and more files in the manifest.
     */
    private Set<Certificate> listPartialSigners(JarFile file, List<JarEntry> entries, byte[] manifest) throws IOException, DamageException {
        Map<String, byte[]> signatures = new HashMap<>();
        for (JarEntry entry : entries) {
            if (matches(SIGNATURE_FILE, entry)) {
                signatures.put(findBaseName(entry), readBytes(file, entry));
            }
        }
        Set<Certificate> partial = new HashSet<>();
        Set<String> complete = new HashSet<>();
        for (JarEntry entry : entries.stream().filter(each -> matches(SIGNATURE_BLOCK, each)).toList()) {
            byte[] signature = signatures.get(findBaseName(entry));
            if (signature == null) {
                throw new DamageException(INCOMPLETE);
            }
            complete.add(findBaseName(entry));
            if (!coversManifest(new Manifest(new ByteArrayInputStream(signature)).getMainAttributes(), manifest)) {
                partial.addAll(readCertificates(readBytes(file, entry)));
            }
        }
        if (!complete.equals(signatures.keySet())) {
            throw new DamageException(INCOMPLETE);
        }
        return partial;
    }

    private static String findBaseName(JarEntry entry) {
        String upper = entry.getName().toUpperCase(Locale.ROOT);
        return upper.substring(0, Math.max(0, upper.lastIndexOf('.')));
    }

    private static Collection<? extends Certificate> readCertificates(byte[] block) throws DamageException {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(block));
        } catch (CertificateException e) {
            throw new DamageException(INCOMPLETE);
        }
    }

    private static boolean hasDigest(Attributes attributes) {
        return attributes.keySet().stream().anyMatch(name -> name.toString().toLowerCase(Locale.ROOT).endsWith(FILE_DIGEST));
    }

    /** Without the digest of the whole manifest, Java would accept other headers if the signature does not mention them. */
    private static boolean coversManifest(Attributes signature, byte[] manifest) {
        Map<String, String> digests = new HashMap<>();
        signature.forEach((name, value) -> {
            Matcher digest = MANIFEST_DIGEST.matcher(name.toString());
            if (digest.matches()) {
                digests.put(digest.group(1), value.toString());
            }
        });
        return !digests.isEmpty() && digests.entrySet().stream().allMatch(digest -> hasDigest(digest.getKey(), digest.getValue(), manifest));
    }

    private static boolean hasDigest(String algorithm, String expected, byte[] content) {
        try {
            return MessageDigest.isEqual(MessageDigest.getInstance(algorithm).digest(content), Base64.getMimeDecoder().decode(expected));
        } catch (NoSuchAlgorithmException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Java ignores signatures that it does not accept, and does not say why. */
    private JarSignature explainMissingSigner(JarFile file, List<JarEntry> entries) throws IOException, DamageException {
        if (entries.stream().noneMatch(SignatureReader::isSignable)) {
            return new JarSignature(Kind.UNSIGNED, List.of(), "it has a manifest only, and Java verifies the signatures of files");
        }
        WeakSignature weakness = new WeakSignature();
        for (JarEntry entry : entries) {
            if (matches(SIGNATURE_FILE, entry)) {
                weakness.addSignatureFile(readBytes(file, entry));
            } else if (matches(SIGNATURE_BLOCK, entry)) {
                weakness.addSignatureBlock(readBytes(file, entry));
            }
        }
        return weakness.isFound() ? new JarSignature(Kind.UNSIGNED, List.of(), "its signature uses an algorithm or a key that is too weak, so Java does not accept it")
                : JarSignature.damaged(INCOMPLETE);
    }

    private static byte[] readBytes(JarFile file, JarEntry entry) throws IOException, DamageException {
        if (entry == null) {
            throw new DamageException("it is signed, but has no manifest");
        }
        try (InputStream in = file.getInputStream(entry)) {
            byte[] content = in.readNBytes(MAX_SIGNATURE_BYTES + 1);
            if (content.length > MAX_SIGNATURE_BYTES) {
                throw new DamageException("its file " + describe(entry.getName()) + " has more than 4 MiB");
            }
            return content;
        }
    }
}
