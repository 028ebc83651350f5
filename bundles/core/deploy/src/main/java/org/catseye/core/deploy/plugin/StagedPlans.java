package org.catseye.core.deploy.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.files.DurableFile;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jars that were sent and not applied yet, in a folder of their own. Thread-safe. */
final class StagedPlans {

    static final int MAX_PLANS = 10;
    static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(StagedPlans.class);
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path folder;
    private final Clock clock;
    /** Guarded by this. Empty while the jar is being received or examined, and while the plan is applied. */
    private final Map<String, Optional<StagedPlan>> plans = new LinkedHashMap<>();

    StagedPlans(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Makes a plan for a jar that was received. */
    @FunctionalInterface
    interface Planner {
        StagedPlan makePlan(String id, Instant expires, Path jar) throws PluginException;
    }

    /**
     * Receives a jar, up to its maximum size.
     *
     * @throws IOException if the jar cannot be read to the end
     */
    StagedPlan addJar(InputStream in, Planner planner) throws PluginException, IOException {
        String id = reservePlace();
        Path jar = folder.resolve(id + ".jar");
        boolean added = false;
        try {
            copyJar(in, jar);
            StagedPlan plan = planner.makePlan(id, clock.instant().plus(LIFETIME), jar);
            synchronized (this) {
                plans.put(id, Optional.of(plan));
            }
            added = true;
            return plan;
        } finally {
            if (!added) {
                forget(id);
            }
        }
    }

    private synchronized String reservePlace() throws PluginException {
        deleteExpired();
        if (plans.size() >= MAX_PLANS) {
            throw new PluginException(Reason.TOO_MANY, "There are already " + MAX_PLANS + " plans. Apply or discard one first.");
        }
        String id = UUID.randomUUID().toString();
        plans.put(id, Optional.empty());
        return id;
    }

    private void copyJar(InputStream in, Path jar) throws PluginException, IOException {
        try {
            DurableFile.createOwnerOnlyFolder(folder);
            try (OutputStream out = Files.newOutputStream(jar)) {
                copyBytes(in, out);
            }
        } catch (BodyException e) {
            throw e.problem;
        } catch (IOException e) {
            LOG.error("{} cannot be written", jar, e);
            throw new PluginException(Reason.FAILED, "The file could not be stored: " + e.getMessage() + ".", e);
        }
    }

    private static void copyBytes(InputStream in, OutputStream out) throws PluginException, IOException {
        long total = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int length = readBody(in, buffer); length >= 0; length = readBody(in, buffer)) {
            total += length;
            if (total > JarContent.MAX_FILE_BYTES) {
                throw new PluginException(Reason.TOO_LARGE, "The file has more than 64 MiB.");
            }
            out.write(buffer, 0, length);
        }
    }

    /** The jar cannot be read from the client. Everything else is a problem of this device. */
    private static final class BodyException extends IOException {

        private static final long serialVersionUID = 1;
        private final IOException problem;

        BodyException(IOException problem) {
            super(problem);
            this.problem = problem;
        }
    }

    private static int readBody(InputStream in, byte[] buffer) throws BodyException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new BodyException(e);
        }
    }

    synchronized StagedPlan findPlan(String id) throws PluginException {
        deleteExpired();
        return Optional.ofNullable(plans.get(id)).flatMap(plan -> plan)
                .orElseThrow(() -> new PluginException(Reason.NOT_FOUND, "There is no such plan. Plans expire after ten minutes."));
    }

    /** Replaces a plan, unless it is being applied or has been removed. */
    synchronized void replacePlan(StagedPlan plan) {
        plans.computeIfPresent(plan.id(), (id, current) -> current.isPresent() ? Optional.of(plan) : current);
    }

    synchronized void discard(String id) throws PluginException {
        forget(findPlan(id).id());
    }

    /** Applies a plan. */
    @FunctionalInterface
    interface Use {
        PluginResult run() throws PluginException, InterruptedException;
    }

    /** Applies a plan, which can be neither applied again nor discarded meanwhile. It can be applied again only if it could not be tried. */
    PluginResult usePlan(String id, Use use) throws PluginException, InterruptedException {
        StagedPlan plan;
        synchronized (this) {
            plan = findPlan(id);
            plans.put(id, Optional.empty());
        }
        boolean refused = false;
        try {
            return use.run();
        } catch (PluginException e) {
            refused = true;
            throw e;
        } finally {
            synchronized (this) {
                if (refused) {
                    plans.put(id, Optional.of(plan));
                } else {
                    forget(id);
                }
            }
        }
    }

    /** Plans that are being made or applied do not expire. */
    synchronized void deleteExpired() {
        Instant now = clock.instant();
        plans.values().stream().flatMap(Optional::stream).map(StagedPlan::plan).filter(plan -> !plan.expires().isAfter(now)).toList().forEach(plan -> forget(plan.id()));
    }

    private synchronized void forget(String id) {
        plans.remove(id);
        try {
            Files.deleteIfExists(folder.resolve(id + ".jar"));
        } catch (IOException e) {
            LOG.warn("The jar of a plan cannot be deleted", e);
        }
    }

    /** Deletes the jars of an earlier run. */
    void deleteLeftovers() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                Files.deleteIfExists(jar);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("The jars of earlier plans cannot be deleted", e);
        }
    }
}
