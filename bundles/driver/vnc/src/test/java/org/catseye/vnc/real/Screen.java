package org.catseye.vnc.real;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.rfb.client.ClientOptions;
import org.catseye.rfb.client.RfbClient;
import org.catseye.rfb.client.RfbListener;
import org.catseye.rfb.picture.Encoding;
import org.catseye.rfb.security.SecurityPolicy;
import org.catseye.rfb.transport.ServerAddress;

/** A client that keeps its picture current, and shows which pixels came. */
final class Screen implements RfbListener, AutoCloseable {

    private final RfbClient client;
    private volatile boolean closed;

    Screen(ServerAddress address, SecurityPolicy policy, int encoding, Integer... more) throws IOException {
        List<Integer> encodings = new ArrayList<>(List.of(encoding, Encoding.CURSOR, Encoding.LAST_RECT, Encoding.DESKTOP_SIZE));
        encodings.addAll(List.of(more));
        client = RfbClient.connectTo(address, policy, new ClientOptions(true, encodings), (width, height) -> { }, this);
        Thread thread = new Thread(() -> {
            try {
                client.processMessages();
            } catch (IOException e) {
                closed = true;
            }
        }, "screen");
        thread.setDaemon(true);
        thread.start();
        // TigerVNC draws the pointer into the picture until this client has moved it.
        client.messages().sendPointer(0, 0, 0);
        request(false);
    }

    String security() {
        return client.security();
    }

    private void request(boolean incremental) throws IOException {
        client.messages().requestUpdate(incremental, 0, 0, client.picture().width(), client.picture().height());
    }

    /** Waits until the picture is a certain one. @return the last one */
    Pictures awaitPicture(Expectation expectation) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Program.PATIENCE_MILLIS);
        Pictures picture = currentPicture();
        while (!expectation.test(picture) && System.nanoTime() < end && !closed) {
            TimeUnit.MILLISECONDS.sleep(20);
            picture = currentPicture();
        }
        return picture;
    }

    @FunctionalInterface
    interface Expectation {
        boolean test(Pictures picture) throws IOException, InterruptedException;
    }

    private Pictures currentPicture() throws IOException {
        client.pictureLock().lock();
        try {
            client.picture().decodeWholeJpeg();
            return new Pictures(client.picture().width(), client.picture().height(), client.picture().pixels().clone());
        } finally {
            client.pictureLock().unlock();
        }
    }

    @Override
    public void handleUpdate() {
        try {
            request(true);
        } catch (IOException e) {
            closed = true;
        }
    }

    @Override
    public void handlePointerPosition(int x, int y) {
    }

    @Override
    public boolean shouldContinue() {
        return !closed;
    }

    @Override
    public void handleLeds(int leds) {
    }

    @Override
    public void close() throws IOException {
        closed = true;
        client.close();
    }
}
