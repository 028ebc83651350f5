package org.catseye.web.control.board;

import org.catseye.media.MediaHub;
import org.catseye.power.PowerHub;
import org.catseye.services.ByTarget;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;

/** The services of all targets. */
public record HubLookup(ByTarget<InputSource> inputs, ByTarget<VideoHub> videos, ByTarget<PowerHub> powers, ByTarget<MediaHub> media, ByTarget<Target> targets) {

    /** Whether any service belongs to this target. */
    public boolean hasServices(String target) {
        return inputs.findBest(target).isPresent() || videos.findBest(target).isPresent() || powers.findBest(target).isPresent()
            || media.findBest(target).isPresent() || targets.findBest(target).isPresent();
    }
}
