package org.catseye.web.socket.snapshot;

import java.io.IOException;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.video.VideoHub;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.Answers;
import org.catseye.web.socket.viewer.Feeds;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code snapshot.jpeg}: the newest picture. */
@Component(property = {TargetResource.NAME + "=snapshot.jpeg", TargetResource.OPENAPI + "=/openapi/snapshot.json"})
public final class SnapshotResource implements TargetResource {

    private final Snapshot snapshot = new Snapshot();
    private final Feeds feeds;

    @Activate
    public SnapshotResource(@Reference Feeds feeds) {
        this.feeds = feeds;
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.VIEW;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        Optional<VideoHub> hub = feeds.findFeed(request.targetId()).hub();
        if (hub.isPresent()) {
            snapshot.sendNewest(hub.get(), request.response());
        } else {
            Answers.refuseWithoutHub(request.response());
        }
    }
}
