package org.catseye.launcher.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.catseye.launcher.framework.FrameworkProperties;
import org.catseye.launcher.home.HomeFolder;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * A start with only the product's own bundles, and without settings that could lock users out. Nothing in the home is moved or deleted: the
 * bundles get another cache, and the configuration store leaves some files out.
 */
public final class SafeMode {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");

    private SafeMode() {
    }

    /** Returns the framework's properties for the safe mode, and logs which configurations are left out. */
    public static Map<String, Object> prepareProperties(Map<String, Object> properties, HomeFolder home, RetainedConfigurations retained, Path defaults)
            throws StartRefusedException {
        Path folder = home.subfolder("tmp").resolve("safe-mode");
        try {
            AsideFolder.deleteTree(folder);
            Path cache = Files.createDirectories(folder.resolve("cache"));
            Path deploy = Files.createDirectories(folder.resolve("deploy"));
            List<Path> hidden = retained.findOthers(home.subfolder("config"), defaults);
            LOG.warning("SAFE MODE: only the product's own bundles run. Left out until the next normal start: the drop folder, uploaded bundles"
                    + (hidden.isEmpty() ? "" : ", and the configurations " + String.join(", ", hidden.stream().map(file -> file.getFileName().toString()).toList()))
                    + ". Nothing was deleted. Bundles that are added now are not kept. To leave the safe mode, start without --safe-mode (and CATSEYE_SAFE_MODE)");
            return FrameworkProperties.createSafeModeProperties(properties, cache, deploy, hidden);
        } catch (IOException e) {
            throw new StartRefusedException("the safe mode cannot use " + folder + ": " + StartRefusedException.describeCause(e), e);
        }
    }
}
