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
 * Takes the jars that must not be installed, and logs why. FileInstall asks each installer on its own thread, and asks again when a file
 * changes, so a corrected jar goes to the one that installs bundles.
 */
@Component
public final class RefusedJars implements ArtifactInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedJars.class);

    private final BundleReview review;

    @Activate
    public RefusedJars(@Reference BundleReview review) {
        this.review = review;
    }

    /** True for a jar that is no bundle, or would take the place of one that it cannot replace. */
    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(".jar") && problem(file).isPresent();
    }

    /** Tells what is wrong; nothing is installed. */
    @Override
    public void install(File file) {
        problem(file).ifPresent(problem -> LOG.error("{} in the drop folder is not installed: {}. The rest keeps running", file.getName(), problem));
    }

    /** Tells what is wrong now. */
    @Override
    public void update(File file) {
        install(file);
    }

    /** A person took the file away. */
    @Override
    public void uninstall(File file) {
        LOG.info("{} is out of the drop folder again", file.getName());
    }

    /** Empty for a bundle, else a sentence for the person who put the file there. */
    Optional<String> problem(File file) {
        try (JarFile jar = new JarFile(file)) {
            Manifest manifest = jar.getManifest();
            boolean bundle = manifest != null && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null;
            return bundle ? review.findProblem(manifest.getMainAttributes()) : Optional.of("it is no OSGi bundle, its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
        } catch (IOException | SecurityException e) {
            return Optional.of("it is not a whole jar (" + e.getMessage() + "); copy it again, to another name, and rename it");
        }
    }
}
