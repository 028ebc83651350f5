package org.catseye.core.deploy.trial;

import java.util.List;
import java.util.Set;
import org.catseye.core.deploy.running.ComponentStates.ComponentState;

/**
 * What worked before a change.
 *
 * @param components the components that lacked nothing
 * @param liveTargets the targets that had a picture
 * @param ownTargets those of them whose picture came from the plug-in
 */
public record Baseline(List<ComponentState> components, Set<String> liveTargets, Set<String> ownTargets) {
}
