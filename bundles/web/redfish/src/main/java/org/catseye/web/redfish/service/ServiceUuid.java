package org.catseye.web.redfish.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.catseye.files.DurableFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UUID of this device. It is created when it is needed for the first time, and kept in {@code <home>/redfish/uuid}. Thread-safe.
 */
@Component(service = ServiceUuid.class)
public final class ServiceUuid {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceUuid.class);
    private static final int MAX_BYTES = 256;

    private final DurableFile file;
    /** Null until it is needed. Guarded by this. */
    private UUID uuid;

    @Activate
    public ServiceUuid(BundleContext context) {
        this(Path.of(Optional.ofNullable(context.getProperty("catseye.home")).orElse(".home"), "redfish", "uuid"));
    }

    ServiceUuid(Path path) {
        file = DurableFile.forOwnerOnly(path);
    }

    public synchronized UUID value() {
        if (uuid == null) {
            uuid = readFile().orElseGet(this::createFile);
        }
        return uuid;
    }

    private Optional<UUID> readFile() {
        try {
            return file.readBytes(MAX_BYTES).map(content -> UUID.fromString(new String(content, StandardCharsets.US_ASCII).strip()));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} cannot be read; it is written anew: {}", file.path(), e.getMessage());
            return Optional.empty();
        }
    }

    private UUID createFile() {
        UUID created = UUID.randomUUID();
        try {
            DurableFile.createOwnerOnlyFolder(file.path().getParent());
            file.replaceContent((created + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("{} cannot be written; the Redfish service has another UUID after the next start: {}", file.path(), e.getMessage());
        }
        return created;
    }
}
