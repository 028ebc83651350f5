package org.catseye.core.deploy;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.catseye.deploy.BundleReview;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts the jars of the drop folder that must not be installed, and logs why. FileInstall asks each installer on its own thread, and asks
 * again when a file changes, so a corrected jar goes to the installer of bundles.
 */
@Component
public final class RefusedJars implements ArtifactInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedJars.class);

    private final BundleReview review;

    @Activate
    public RefusedJars(@Reference BundleReview review) {
        this.review = review;
    }

    /** True for a jar that is not a bundle, or has the name of a bundle that it cannot replace. */
    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(".jar") && findProblem(file).isPresent();
    }

    /** Logs why the jar is refused; installs nothing. */
    @Override
    public void install(File file) {
        findProblem(file).ifPresent(problem -> LOG.error("{} in the drop folder is not installed: {}. Everything else keeps running",
                file.getName(), problem));
    }

    /** Logs why the changed jar is refused. */
    @Override
    public void update(File file) {
        install(file);
    }

    /** The file was removed. */
    @Override
    public void uninstall(File file) {
        LOG.info("{} was removed from the drop folder", file.getName());
    }

    /** Why the jar is refused; empty for a bundle that can be installed. */
    Optional<String> findProblem(File file) {
        try (JarFile jar = new JarFile(file)) {
            Manifest manifest = jar.getManifest();
            boolean bundle = manifest != null && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null;
            return bundle ? review.findProblem(manifest.getMainAttributes())
                : Optional.of("it is no OSGi bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
        } catch (IOException | SecurityException e) {
            return Optional.of("it is not a whole jar (" + e.getMessage() + "); copy it again under another name, then rename it");
        }
    }
}
