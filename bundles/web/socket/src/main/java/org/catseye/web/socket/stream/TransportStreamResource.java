package org.catseye.web.socket.stream;

import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.viewer.Feeds;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code video.ts}: the picture as an MPEG transport stream. */
@Component(service = TargetResource.class, property = {TargetResource.NAME + "=video.ts", TargetResource.OPENAPI + "=/openapi/video-ts.json"})
public final class TransportStreamResource extends StreamResource {

    @Activate
    public TransportStreamResource(@Reference ConnectionOpener opener, @Reference Feeds feeds) {
        super(opener, feeds, TransportStream::new);
    }
}
