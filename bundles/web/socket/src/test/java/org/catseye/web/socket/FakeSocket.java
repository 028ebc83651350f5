package org.catseye.web.socket;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The web server's end of a channel's socket. */
final class FakeSocket {

    final List<String> sent = new CopyOnWriteArrayList<>();
    /** Callbacks of messages that a client who does not read has not taken. */
    final Queue<Callback> waiting = new ArrayDeque<>();
    volatile boolean reads = true;
    volatile boolean open = true;
    volatile int closeCode;
    volatile boolean disconnected;
    volatile int pings;

    Session session() {
        return FakeHttp.proxy(Session.class, (self, called, args) -> {
            switch (called.getName()) {
                case "isOpen" -> {
                    return open;
                }
                case "getRemoteSocketAddress" -> {
                    return new InetSocketAddress(0);
                }
                case "sendText" -> sendText((String) args[0], (Callback) args[1]);
                case "sendPing" -> pings++;
                case "close" -> {
                    closeCode = (Integer) args[0];
                    ((Callback) args[2]).succeed();
                }
                case "disconnect" -> {
                    disconnected = true;
                    open = false;
                }
                case "setIdleTimeout" -> { }
                default -> throw new UnsupportedOperationException(called.toString());
            }
            return null;
        });
    }

    private void sendText(String text, Callback callback) {
        sent.add(text);
        if (reads) {
            callback.succeed();
        } else {
            waiting.add(callback);
        }
    }
}
