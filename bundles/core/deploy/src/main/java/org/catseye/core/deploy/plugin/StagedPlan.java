package org.catseye.core.deploy.plugin;

import java.nio.file.Path;
import java.util.Optional;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.signature.JarSignature;
import org.catseye.plugins.PluginPlan;

/**
 * A plan and its jar.
 *
 * @param jar the jar in the staging folder
 * @param signature of the jar
 * @param replaced the jar of the drop folder that the plan was made for
 */
record StagedPlan(PluginPlan plan, Path jar, JarContent content, JarSignature signature, Optional<DroppedJar> replaced) {

    StagedPlan withPlan(PluginPlan other) {
        return new StagedPlan(other, jar, content, signature, replaced);
    }

    String id() {
        return plan.id();
    }
}
