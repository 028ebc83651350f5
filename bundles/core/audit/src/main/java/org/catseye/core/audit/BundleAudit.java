package org.catseye.core.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catseye.access.Audit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Records which bundles are installed, updated and uninstalled while Catseye runs. A bundle has all rights of the process, so these events count
 * among the most important ones.
 */
@Component(service = BundleAudit.class, immediate = true)
public final class BundleAudit implements BundleListener {

    /** Larger files get no hash, because the thread of the event is shared. */
    private static final long MAX_HASHED_BYTES = 64 << 20;

    private final BundleContext context;
    private final Audit audit;

    @Activate
    public BundleAudit(BundleContext context, @Reference Audit audit) {
        this.context = context;
        this.audit = audit;
    }

    @Activate
    void startListening() {
        context.addBundleListener(this);
    }

    @Deactivate
    void stopListening() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        String action = switch (event.getType()) {
            case BundleEvent.INSTALLED -> "bundle.installed";
            case BundleEvent.UPDATED -> "bundle.updated";
            case BundleEvent.UNINSTALLED -> "bundle.uninstalled";
            default -> "";
        };
        if (!action.isEmpty()) {
            audit.record(action, "", "", describeBundle(event));
        }
    }

    private Map<String, String> describeBundle(BundleEvent event) {
        Bundle bundle = event.getBundle();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("bundle", Optional.ofNullable(bundle.getSymbolicName()).orElse("?"));
        details.put("version", bundle.getVersion().toString());
        details.put("location", bundle.getLocation());
        if (event.getType() != BundleEvent.UNINSTALLED) {
            hashLocation(bundle.getLocation()).or(() -> findStoredJar(bundle).flatMap(BundleAudit::hashFile)).ifPresent(hash -> details.put("sha256", hash));
        }
        return details;
    }

    /** SHA-256 of the file that the bundle was installed from; empty if it was installed from a stream. */
    static Optional<String> hashLocation(String location) {
        try {
            return hashFile(Path.of(URI.create(location.startsWith("reference:") ? location.substring("reference:".length()) : location)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The copy in Felix's storage, {@code bundle<id>/version<n.m>/bundle.jar}: the newest one, for a bundle that came over a stream such as an upload. */
    private Optional<Path> findStoredJar(Bundle bundle) {
        Path folder = Path.of(Optional.ofNullable(context.getProperty("org.osgi.framework.storage")).orElse("felix-cache"), "bundle" + bundle.getBundleId());
        try (Stream<Path> files = Files.find(folder, 2, (path, attributes) -> path.endsWith("bundle.jar"))) {
            return files.max(Comparator.comparing((Path path) -> path.toFile().lastModified()));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> hashFile(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_HASHED_BYTES) {
                return Optional.empty();
            }
            try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
                in.transferTo(OutputStream.nullOutputStream());
                return Optional.of(HexFormat.of().formatHex(in.getMessageDigest().digest()));
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
