package org.catseye.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/**
 * A start with nothing but the product's own bundles and the settings that keep nobody out. Nothing of the home is moved or deleted: the bundles get a
 * cache of their own, and the configuration store leaves some files out.
 */
final class SafeMode {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");

    private SafeMode() {
    }

    /** The framework's properties for it. */
    static Map<String, Object> prepare(Map<String, Object> properties, Home home, KeptSettings kept, Path defaults) throws Refusal {
        Path folder = home.folder("tmp").resolve("safe-mode");
        try {
            Aside.delete(folder);
            Path cache = Files.createDirectories(folder.resolve("cache"));
            Path deploy = Files.createDirectories(folder.resolve("deploy"));
            List<Path> hidden = kept.findForeign(home.folder("config"), defaults);
            LOG.warning("SAFE MODE: only the product's own bundles run. Left out until the next normal start: the drop folder, uploaded bundles"
                    + (hidden.isEmpty() ? "" : ", and the configurations " + String.join(", ", hidden.stream().map(file -> file.getFileName().toString()).toList()))
                    + ". Nothing was deleted; bundles that are added now are not kept. To leave the safe mode, start without --safe-mode (and CATSEYE_SAFE_MODE)");
            return FrameworkProperties.safe(properties, cache, deploy, hidden);
        } catch (IOException e) {
            throw new Refusal("the safe mode cannot use " + folder + ": " + Refusal.why(e), e);
        }
    }
}
