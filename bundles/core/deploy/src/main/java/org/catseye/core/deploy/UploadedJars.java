package org.catseye.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.signature.JarSignature;
import org.catseye.core.deploy.version.InstalledJars;
import org.catseye.core.deploy.version.JarResults;
import org.catseye.deploy.AddedBundles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts jars into the drop folder, and reports what {@link DropFolder} makes of them. Thread-safe. */
final class UploadedJars implements AddedBundles {

    private static final Logger LOG = LoggerFactory.getLogger(UploadedJars.class);
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A bundle that does not resolve may find what it needs in another one of the same upload. */
    private static final long UNRESOLVED_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long POLL_MILLIS = 20;
    private static final String DRAFT_PREFIX = ".upload-";
    private static final String DRAFT_SUFFIX = ".tmp";

    private record Upload(Optional<DroppedJar> jar, Optional<String> refusal) {
    }

    private final Path folder;
    private final Function<JarContent, Optional<String>> review;
    private final InstalledJars installed;
    private final JarResults results;
    private final Instant created = Instant.now();

    UploadedJars(Path folder, Function<JarContent, Optional<String>> review, InstalledJars installed, JarResults results) {
        this.folder = folder;
        this.review = review;
        this.installed = installed;
        this.results = results;
    }

    @Override
    public List<Result> addBundles(List<? extends InputStream> jars, boolean start) throws IOException, InterruptedException {
        List<Upload> uploads = new ArrayList<>();
        for (InputStream jar : jars) {
            uploads.add(storeJar(jar, start));
        }
        long begin = System.nanoTime();
        while (!uploads.stream().allMatch(upload -> isDone(upload, System.nanoTime() - begin))) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return uploads.stream().map(upload -> describeResult(upload, start)).toList();
    }

    /** Deletes what uploads of an earlier run have left, if the process ended during them. */
    void deleteLeftovers() {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFT_PREFIX + "*" + DRAFT_SUFFIX)) {
            for (Path draft : drafts) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(created)) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("the leftovers of uploads cannot be deleted", e);
        }
    }

    private Upload storeJar(InputStream in, boolean start) throws IOException {
        Path draft = Files.createTempFile(folder, DRAFT_PREFIX, DRAFT_SUFFIX);
        try {
            Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
            JarContent content = JarContent.readFile(draft);
            JarSignature signature = JarSignature.readFile(draft);
            Optional<String> problem = review.apply(content).or(() -> signature.isDamaged() ? Optional.of(signature.reason()) : Optional.empty());
            return problem.isPresent() ? new Upload(Optional.empty(), problem) : moveIntoFolder(draft, content, start);
        } catch (IOException e) {
            return new Upload(Optional.empty(), Optional.of("it is not a whole jar (" + e.getMessage() + ")"));
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Upload moveIntoFolder(Path draft, JarContent content, boolean start) throws IOException {
        Path path = folder.resolve(content.symbolicName().orElseThrow() + ".jar");
        DroppedJar jar = DroppedJar.describe(path, FileTime.from(Instant.now()), content);
        installed.storeStopped(jar.location(), !start);
        results.remove(jar.fileName());
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Upload(Optional.of(jar), Optional.empty());
    }

    private Optional<JarResults.Result> findResult(Upload upload) {
        return upload.jar().flatMap(jar -> results.find(jar.fileName(), jar.digest()));
    }

    private boolean isDone(Upload upload, long waitedNanos) {
        return waitedNanos > TIMEOUT_NANOS || upload.refusal().isPresent()
                || findResult(upload).filter(result -> !result.waiting() || waitedNanos > UNRESOLVED_TIMEOUT_NANOS).isPresent();
    }

    private Result describeResult(Upload upload, boolean start) {
        return new Result(upload.jar().isPresent(), upload.refusal().or(() -> findResult(upload)
                .filter(result -> start && !result.isRunning()).map(JarResults.Result::fullProblem)));
    }
}
