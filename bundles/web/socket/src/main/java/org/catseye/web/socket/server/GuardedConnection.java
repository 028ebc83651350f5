package org.catseye.web.socket.server;

import java.util.concurrent.TimeoutException;
import org.catseye.web.socket.server.ClientConnection.Phase;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpChannelState;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;

/** An HTTP connection that admits its requests one by one, and sends answers without a waiting thread. */
final class GuardedConnection extends HttpConnection {

    private final Admission admission;
    /** Set by the constructor of the superclass, so it must have no initial value here. */
    private RequestHandler requests;

    GuardedConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint, Admission admission) {
        super(configuration, connector, endPoint);
        this.admission = admission;
    }

    @Override
    protected HttpChannel newHttpChannel(Server server, HttpConfiguration configuration) {
        // Called by the constructor of the superclass: no field may be used yet.
        return new Channel();
    }

    @Override
    protected RequestHandler newRequestHandler() {
        requests = super.newRequestHandler();
        return requests;
    }

    @Override
    protected HttpParser newHttpParser(HttpCompliance compliance) {
        HttpParser parser = new StrictParser(requests, getHttpConfiguration().getRequestHeaderSize(), compliance);
        parser.setHeaderCacheSize(getHttpConfiguration().getHeaderCacheSize());
        parser.setHeaderCacheCaseSensitive(getHttpConfiguration().isHeaderCacheCaseSensitive());
        return parser;
    }

    /** No servlet waits for an answer that the client does not receive, so the connection ends here. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        boolean unread = admission.connection(this).map(one -> one.phase() == Phase.WRITE).orElse(false);
        if (unread) {
            getEndPoint().close(timeout);
            return false;
        }
        return super.onIdleExpired(timeout);
    }

    /** Channel of the connection, used for one request after the other. */
    final class Channel extends HttpChannelState implements UnblockedStream.Owner {

        private UnblockedStream stream;
        private volatile boolean hasBody;
        private volatile boolean waitsForContinue;

        private Channel() {
            super(GuardedConnection.this);
        }

        @Override
        public void setHttpStream(HttpStream given) {
            stream = new UnblockedStream(given, this);
            super.setHttpStream(stream);
        }

        @Override
        public Runnable onRequest(MetaData.Request request) {
            Runnable serve = super.onRequest(request);
            UnblockedStream body = stream;
            hasBody = Admission.hasBody(request);
            waitsForContinue = request.getHttpFields().contains(HttpHeader.EXPECT);
            return () -> admission.admit(GuardedConnection.this, this, body, request, serve);
        }

        @Override
        public String user() {
            return admission.connection(GuardedConnection.this).map(ClientConnection::user).orElse("");
        }

        @Override
        public WriteBudget budget() {
            return admission.budget();
        }

        @Override
        public boolean makeRoom() {
            return admission.makeRoom();
        }

        @Override
        public void enterPhase(Phase phase) {
            admission.enter(GuardedConnection.this, phase);
        }

        @Override
        public void closeConnection(Throwable cause) {
            getEndPoint().close(cause);
        }

        @Override
        public void beginDiscarding() {
            enterPhase(Phase.DISCARD);
        }

        @Override
        public void endDiscarding() {
            enterPhase(Phase.HEAD);
        }

        @Override
        public boolean hasBody() {
            return hasBody;
        }

        @Override
        public boolean waitsForContinue() {
            return waitsForContinue;
        }

        @Override
        public boolean isReading() {
            return isFillInterested();
        }

        @Override
        public void awaitBytes(Callback arrived) {
            tryFillInterested(arrived);
        }

        @Override
        public void execute(Runnable task) {
            getExecutor().execute(task);
        }

        @Override
        public void notifyContent() {
            Runnable task = onContentAvailable();
            if (task != null) {
                task.run();
            }
        }
    }
}
