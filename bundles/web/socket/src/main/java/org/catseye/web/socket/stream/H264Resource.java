package org.catseye.web.socket.stream;

import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.viewer.Feeds;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code video.h264}: the picture as the access units one after the other. */
@Component(service = TargetResource.class, property = {TargetResource.NAME + "=video.h264", TargetResource.OPENAPI + "=/openapi/video-h264.json"})
public final class H264Resource extends StreamResource {

    @Activate
    public H264Resource(@Reference ConnectionOpener opener, @Reference Feeds feeds) {
        super(opener, feeds, AnnexB::new);
    }
}
