package org.catseye.launcher.selection;

import java.nio.file.Path;
import java.util.Optional;
import org.catseye.launcher.feature.FeatureReader;
import org.catseye.launcher.home.ConfigurationSeeds;
import org.catseye.launcher.home.HomeFolder;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.refusal.StartRefusedException;

/** Which features the runs of this process have. A recovery may change that between two runs. Used by one thread, except for the ends of a start. */
public final class SelectedFeatures {
    private static final String FAILED = "Catseye did not start twice in a row with the features that were switched on, so it runs without them. Switch them on one at a time.";
    private static final String SAFE_MODE = "The features that were switched on are left out in the safe mode.";
    private final FeatureReader reader;
    private final LaunchOptions options;
    private final HomeFolder home;
    private final Path repository;
    private final ChosenFeatures choice;
    private Optional<ChosenFeatures.Change> recovered = Optional.empty();

    /** @param install the folder of the unpacked archive */
    public SelectedFeatures(Path install, LaunchOptions options, HomeFolder home) {
        reader = new FeatureReader(install.resolve("features"));
        repository = install.resolve("repository");
        choice = new ChosenFeatures(home.path());
        this.options = options;
        this.home = home;
    }

    /** Undoes a change that was not ended, and selects the features of the next run. */
    public FeatureSelection selectForStart() throws StartRefusedException {
        if (options.safeMode()) {
            return FeatureSelection.select(reader, options, choice, choice.exists() ? SAFE_MODE : "");
        }
        recovered = choice.undoUnfinished().or(() -> recovered);
        return FeatureSelection.select(reader, options, choice, choice.exists() && choice.hasFailedTooOften() ? FAILED : "");
    }

    /** The next thing to happen is the start of the framework. Does nothing if the choice was ignored at this start. */
    public void beginStart(FeatureSelection selection) {
        if (selection.chosen().isPresent()) {
            choice.beginStart();
        }
    }

    /** A user can log in, or a person has ended this run. Does nothing if the choice was ignored at this start. */
    public void confirmStart(FeatureSelection selection) {
        if (selection.chosen().isPresent()) {
            choice.endStart();
        }
    }

    /** @param bundles changes the bundles of the framework that runs */
    public FeatureSwitch createSwitch(FeatureSelection selection, FeatureSwitch.BundleChange bundles) {
        return new FeatureSwitch(reader, repository, new ConfigurationSeeds(home.subfolder("config")), choice, options.safeMode(), selection, recovered, bundles,
                FeatureSwitch.defaultTimeoutMillis());
    }
}
