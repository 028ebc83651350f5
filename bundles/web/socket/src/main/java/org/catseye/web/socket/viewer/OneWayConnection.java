package org.catseye.web.socket.viewer;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.catseye.access.Session;
import org.catseye.web.socket.connection.ClientReader;
import org.eclipse.jetty.io.EndPoint;

/** A viewer of an endless HTTP response. It sends no messages: only the end of the connection matters, and its line alone limits the frames. */
public abstract class OneWayConnection extends FrameConnection {

    protected OneWayConnection(EndPoint endPoint, Executor executor, Feed feed, Session session, ClientReader.Throttle throttle) {
        super(endPoint, executor, feed, session, throttle);
    }

    @Override
    protected final boolean isWindowOpen() {
        return true;
    }

    @Override
    protected final int receiveBytes(ByteBuffer bytes) {
        bytes.position(bytes.limit());
        return 1;
    }

    @Override
    public final void endGracefully() {
        getEndPoint().close();
    }
}
