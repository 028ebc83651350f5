package org.catseye.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Adds bundles to the product, with the same rules as for a jar that is copied into the drop folder. Thread-safe. */
@ProviderType
public interface AddedBundles {

    /**
     * What became of a jar.
     *
     * @param added whether the jar is in the drop folder now
     * @param problem why its bundle does not run, as a sentence without a full stop; empty if it runs, is still starting, or was not to be
     *        started
     */
    record Result(boolean added, Optional<String> problem) {
    }

    /**
     * Stores the jars in the drop folder, under the symbolic names of their bundles, and waits until they run. An earlier jar that was added
     * with the same name is replaced. Blocks for ten seconds at most after the jars were read.
     *
     * @param jars the content of each jar; read to the end and not closed
     * @param start whether the bundles start
     * @return one result for each jar
     * @throws IOException if a jar cannot be read, or the drop folder cannot be written
     * @throws InterruptedException if the thread was interrupted while it waited; the jars stay in the folder
     */
    List<Result> addBundles(List<? extends InputStream> jars, boolean start) throws IOException, InterruptedException;
}
