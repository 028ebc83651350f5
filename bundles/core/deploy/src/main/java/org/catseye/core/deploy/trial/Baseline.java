package org.catseye.core.deploy.trial;

import java.util.List;
import java.util.Set;
import org.catseye.core.deploy.running.ComponentStates.ComponentState;

/**
 * What worked before a change.
 *
 * @param components the components that lacked nothing
 * @param liveTargets the targets that had a picture
 * @param ownBundles the symbolic names of the bundles that are changed and were running
 * @param ownTargets those of the targets whose picture came from these bundles
 */
public record Baseline(List<ComponentState> components, Set<String> liveTargets, Set<String> ownBundles, Set<String> ownTargets) {
}
