package org.catseye.web.socket.stream;

import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.viewer.Feeds;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code video.mp4}: the picture as fragmented MP4. */
@Component(service = TargetResource.class, property = {TargetResource.NAME + "=video.mp4", TargetResource.OPENAPI + "=/openapi/video-mp4.json"})
public final class Mp4Resource extends StreamResource {

    @Activate
    public Mp4Resource(@Reference ConnectionOpener opener, @Reference Feeds feeds) {
        super(opener, feeds, Mp4Stream::new);
    }
}
