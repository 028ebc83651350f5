package org.catseye.web.socket.channel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The connection below a channel, as the test's client. */
public final class FakeSocket implements ChannelSocket.Wire {

    public final List<String> sent = new CopyOnWriteArrayList<>();
    /** How many more messages fit into the queue. */
    public volatile int room = Integer.MAX_VALUE;
    public volatile boolean open = true;
    public volatile int closeCode;
    public volatile boolean disconnected;
    public volatile int pings;

    @Override
    public boolean sendText(String text) {
        if (room == 0) {
            return false;
        }
        room--;
        sent.add(text);
        return true;
    }

    @Override
    public void sendPing() {
        pings++;
    }

    @Override
    public void close(int code, String reason) {
        closeCode = code;
    }

    @Override
    public void disconnect() {
        disconnected = true;
        open = false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
