package org.catseye.core.access;

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

/** Puts on record which bundles come, change and go while the device runs: whoever installs a bundle is the device. */
@Component(service = BundleAudit.class, immediate = true)
public final class BundleAudit implements BundleListener {

    /** A larger one is not read through for its hash: the event's thread is shared. */
    private static final long MOST_HASHED = 64 << 20;

    private final BundleContext context;
    private final Audit audit;

    @Activate
    public BundleAudit(BundleContext context, @Reference Audit audit) {
        this.context = context;
        this.audit = audit;
    }

    @Activate
    void listen() {
        context.addBundleListener(this);
    }

    @Deactivate
    void stop() {
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
            audit.record(action, "", "", describe(event));
        }
    }

    private Map<String, String> describe(BundleEvent event) {
        Bundle bundle = event.getBundle();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("bundle", Optional.ofNullable(bundle.getSymbolicName()).orElse("?"));
        details.put("version", bundle.getVersion().toString());
        details.put("location", bundle.getLocation());
        if (event.getType() != BundleEvent.UNINSTALLED) {
            hash(bundle.getLocation()).or(() -> kept(bundle).flatMap(BundleAudit::hashOf)).ifPresent(hash -> details.put("sha256", hash));
        }
        return details;
    }

    /** Of the file it was installed from, if it was one. */
    static Optional<String> hash(String location) {
        try {
            return hashOf(Path.of(URI.create(location.startsWith("reference:") ? location.substring("reference:".length()) : location)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** What came over a stream (the console's form) lies in Felix's storage, {@code bundle<id>/version<n.m>/bundle.jar}: the newest is it. */
    private Optional<Path> kept(Bundle bundle) {
        Path folder = Path.of(Optional.ofNullable(context.getProperty("org.osgi.framework.storage")).orElse("felix-cache"), "bundle" + bundle.getBundleId());
        try (Stream<Path> files = Files.find(folder, 2, (path, attributes) -> path.endsWith("bundle.jar"))) {
            return files.max(Comparator.comparing((Path path) -> path.toFile().lastModified()));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> hashOf(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_HASHED) {
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
