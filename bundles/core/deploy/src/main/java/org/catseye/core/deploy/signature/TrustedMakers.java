package org.catseye.core.deploy.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catseye.files.DurableFile;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.makers.Maker;
import org.catseye.plugins.makers.MakerList;
import org.catseye.plugins.makers.Makers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the trusted makers, one file each: {@code <folder>/<fingerprint>.pem}. Files with other names that end with .pem count
 * as well, because an administrator of the device may have put them there. Thread-safe.
 */
public final class TrustedMakers {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedMakers.class);
    private static final String SUFFIX = ".pem";
    private static final int MAX_FILE_NAME_CHARS = 100;

    private record Stamp(long size, FileTime modified, Optional<Object> key) {
    }

    /** @param problem why there is no certificate, as a sentence */
    private record MakerFile(Path path, Stamp stamp, Optional<X509Certificate> certificate, String problem) {

        String id() {
            return certificate.map(MakerCertificate::computeFingerprint).orElseGet(() -> path.getFileName().toString());
        }

        Maker describe() {
            return new Maker(id(), certificate.map(MakerCertificate::describeName).orElseGet(() -> MakerCertificate.cleanText(path.getFileName().toString(), MAX_FILE_NAME_CHARS)),
                    certificate.map(each -> each.getNotAfter().toInstant()), problem);
        }
    }

    private final Path folder;
    /** By file name, as they were read last; guarded by this. */
    private Map<String, MakerFile> files = Map.of();
    /** Why not all files were read, as a sentence; guarded by this. */
    private String problem = "";

    /** @param folder created when the first maker is added */
    public TrustedMakers(Path folder) {
        this.folder = folder;
    }

    /** The files that can be used, and those that cannot. */
    public synchronized MakerList listMakers() {
        readFolder();
        Map<String, Maker> makers = new TreeMap<>();
        files.values().forEach(file -> makers.putIfAbsent(file.id(), file.describe()));
        return new MakerList(makers.values().stream().sorted(Comparator.comparing(Maker::name).thenComparing(Maker::id)).toList(), problem);
    }

    public synchronized List<X509Certificate> listCertificates() {
        readFolder();
        return files.values().stream().flatMap(file -> file.certificate().stream()).toList();
    }

    /** @param pem see {@link Makers#addMaker} */
    public synchronized Maker addMaker(String pem) throws PluginException {
        if (pem.length() > Makers.MAX_CERTIFICATE_CHARS) {
            throw new PluginException(Reason.TOO_LARGE, "A certificate has at most 8 KiB.");
        }
        X509Certificate certificate = parse(pem);
        String id = MakerCertificate.computeFingerprint(certificate);
        readFolder();
        if (files.values().stream().anyMatch(file -> file.id().equals(id))) {
            throw new PluginException(Reason.CONFLICT, "This maker is already trusted.");
        }
        if (!problem.isEmpty() || files.size() >= Makers.MAX_MAKERS) {
            throw new PluginException(Reason.CONFLICT, problem.isEmpty() ? "There are already " + Makers.MAX_MAKERS + " trusted makers. Remove one first." : problem);
        }
        try {
            DurableFile.createOwnerOnlyFolder(folder.getParent());
            DurableFile.createOwnerOnlyFolder(folder);
            DurableFile.forOwnerOnly(folder.resolve(id + SUFFIX)).replaceContent(MakerCertificate.format(certificate).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.error("The certificate of a maker cannot be stored", e);
            throw new PluginException(Reason.FAILED, "The certificate could not be stored: " + e.getMessage() + ".", e);
        }
        return listMakers().makers().stream().filter(maker -> maker.id().equals(id)).findFirst()
                .orElseThrow(() -> new PluginException(Reason.FAILED, "The certificate was stored, but cannot be read."));
    }

    private static X509Certificate parse(String pem) throws PluginException {
        try {
            return MakerCertificate.parse(pem);
        } catch (CertificateException e) {
            throw new PluginException(Reason.UNUSABLE, e.getMessage());
        }
    }

    /** @param id compared with the files that there are, never used as a path */
    public synchronized Maker removeMaker(String id) throws PluginException {
        readFolder();
        List<MakerFile> found = files.values().stream().filter(file -> file.id().equals(id)).toList();
        if (found.isEmpty()) {
            throw new PluginException(Reason.NOT_FOUND, "There is no such maker.");
        }
        try {
            for (MakerFile file : found) {
                DurableFile.forOwnerOnly(file.path()).deleteIfExists();
            }
        } catch (IOException e) {
            LOG.error("The certificate of a maker cannot be deleted", e);
            throw new PluginException(Reason.FAILED, "The certificate could not be deleted: " + e.getMessage() + ".", e);
        }
        return found.get(0).describe();
    }

    /** Parses only the files that have changed. */
    private void readFolder() {
        Map<String, MakerFile> found = new TreeMap<>();
        problem = "";
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
            for (Path path : paths) {
                if (found.size() >= Makers.MAX_MAKERS) {
                    problem = "The folder " + folder + " has more than " + Makers.MAX_MAKERS + " certificates. The others are not used. Remove some.";
                    break;
                }
                found.put(path.getFileName().toString(), readFile(path));
            }
        } catch (NoSuchFileException e) {
            found.clear();
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{} cannot be read", folder, e);
            problem = "The folder " + folder + " cannot be read (" + e.getMessage() + "), so no maker is trusted.";
            found.clear();
        }
        files = found;
    }

    private MakerFile readFile(Path path) {
        Stamp stamp = new Stamp(-1, FileTime.fromMillis(0), Optional.empty());
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            stamp = new Stamp(attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey()));
            MakerFile known = files.get(path.getFileName().toString());
            if (known != null && known.stamp().equals(stamp)) {
                return known;
            }
            byte[] content = DurableFile.forOwnerOnly(path).readBytes(Makers.MAX_CERTIFICATE_CHARS).orElseThrow(() -> new NoSuchFileException(path.toString()));
            return new MakerFile(path, stamp, Optional.of(MakerCertificate.parse(content)), "");
        } catch (CertificateException e) {
            return new MakerFile(path, stamp, Optional.empty(), "The file cannot be used. " + e.getMessage());
        } catch (IOException e) {
            LOG.debug("{} cannot be read", path, e);
            return new MakerFile(path, stamp, Optional.empty(), "The file cannot be read: " + e.getMessage() + ".");
        }
    }
}
