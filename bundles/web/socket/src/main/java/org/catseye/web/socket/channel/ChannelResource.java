package org.catseye.web.socket.channel;

import java.io.IOException;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.Answers;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.connection.Takeover;

/** The WebSocket of one channel, such as {@code control}. */
public final class ChannelResource implements TargetResource {

    private final ConnectionOpener opener;
    private final Channels channels;
    private final String name;

    public ChannelResource(ConnectionOpener opener, Channels channels, String name) {
        this.opener = opener;
        this.channels = channels;
        this.name = name;
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.VIEW;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        Optional<String> protocol = channels.findProtocol(name);
        if (protocol.isEmpty()) {
            Answers.refuse(request.response(), 404, "not_found", "There is nothing here; see /api/v1/openapi.json.");
            return;
        }
        Optional<Takeover> takeover = opener.prepareSocket(request, protocol.get());
        if (takeover.isPresent()) {
            String address = request.request().getRemoteAddr();
            opener.openSocket(request, takeover.get(), protocol.get(), (endPoint, executor, release) -> new ChannelConnection(endPoint, executor,
                    new ChannelSocket(channels, name, request.targetId(), request.session(), address, release), opener.throttleOf(request.session())));
        }
    }
}
