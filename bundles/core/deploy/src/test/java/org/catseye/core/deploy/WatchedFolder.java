package org.catseye.core.deploy;

import org.catseye.deploy.BundleReview;
import org.osgi.framework.BundleContext;

/** A drop folder that is looked at more often, for tests of other packages. */
public final class WatchedFolder {

    private static final long POLL_MILLIS = 20;

    private WatchedFolder() {
    }

    public static DropFolder start(BundleContext context, BundleReview review) {
        DropFolder folder = new DropFolder(context, review, POLL_MILLIS);
        folder.start();
        return folder;
    }

    public static void stop(DropFolder folder) {
        folder.stop();
    }
}
