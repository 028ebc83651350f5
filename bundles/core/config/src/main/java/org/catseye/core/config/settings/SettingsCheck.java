package org.catseye.core.config.settings;

import java.util.List;
import org.catseye.targets.SelfCheck;

/** The self-check of the configuration files that belong to one target. */
public final class SettingsCheck implements SelfCheck {

    /** The heading, also for the service's label. */
    public static final String TITLE = "Settings";

    private final String target;
    private final UnusedSettings settings;

    public SettingsCheck(String target, UnusedSettings settings) {
        this.target = target;
        this.settings = settings;
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public List<Item> checkItems() {
        List<Item> items = settings.findProblems().stream().filter(problem -> problem.target().equals(target))
            .map(problem -> Item.failed(problem.name(), problem.description(), problem.remedy())).toList();
        return items.isEmpty() ? List.of(Item.passed("Names", "Every setting in the configuration files of this target exists.")) : items;
    }
}
