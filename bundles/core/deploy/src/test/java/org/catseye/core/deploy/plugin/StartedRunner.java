package org.catseye.core.deploy.plugin;

import org.catseye.access.Audit;
import org.catseye.core.deploy.DropFolder;

/** A runner of changes with an audit log, for tests of other packages. */
public final class StartedRunner {

    private StartedRunner() {
    }

    public static ChangeRunner create(DropFolder folder, Audit audit) {
        ChangeRunner runner = new ChangeRunner(folder);
        runner.setAudit(audit);
        runner.start();
        return runner;
    }
}
