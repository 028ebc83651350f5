package org.catseye.qemu.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the QMP monitor of one virtual machine, and makes a new one whenever it ends. Its thread connects and reads. QEMU
 * serves one program per monitor: while it serves another one, the client waits in the queue of the socket. Thread-safe.
 */
public final class QmpClient implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(QmpClient.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long MAX_PAUSE_MILLIS = 3_000;
    private static final long STOP_MILLIS = 2_000;

    private final QmpAddress address;
    private final QmpListener listener;
    private final Thread thread;
    /** The connection that the thread reads; empty between two. */
    private volatile Optional<QmpConnection> connection = Optional.empty();
    private volatile String failure = "The connection to QEMU has not been made yet.";
    private volatile boolean closed;

    /** @param name of the virtual machine, for the name of the thread */
    public QmpClient(QmpAddress address, String name, QmpListener listener) {
        this.address = address;
        this.listener = listener;
        thread = NamedThreads.newDaemonThread(this::keepConnected, "qmp-" + name);
    }

    /** Starts to connect. */
    public void start() {
        thread.start();
    }

    /** Why no commands can be executed, in one sentence; empty if they can. */
    public Optional<String> currentProblem() {
        Optional<QmpConnection> current = connection;
        return current.isPresent() ? current.get().currentProblem() : Optional.of(failure);
    }

    /** The version of QEMU, such as 7.2.22; empty before the first connection. */
    public String version() {
        return connection.map(QmpConnection::version).orElse("");
    }

    /**
     * Executes a command and returns what QEMU returns.
     *
     * @param arguments texts, numbers, flags and maps of these
     * @throws QmpError if QEMU refuses it
     * @throws IOException if there is no connection, or no answer in time; the message is for the user
     */
    public JsonNode execute(String command, Map<String, ?> arguments, Duration timeout) throws IOException, InterruptedException {
        Optional<QmpConnection> current = connection;
        if (current.isEmpty()) {
            throw new IOException(failure);
        }
        return current.get().execute(command, arguments, timeout);
    }

    private void keepConnected() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!closed) {
                boolean served = serveConnection();
                pause = served ? FIRST_PAUSE_MILLIS : Math.min(pause * 2, MAX_PAUSE_MILLIS);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: closed", address.describe());
        }
    }

    /** @return whether QEMU was ready for commands */
    private boolean serveConnection() throws InterruptedException {
        QmpConnection current = null;
        String problem;
        try {
            current = new QmpConnection(address, address.openChannel(), listener);
            connection = Optional.of(current);
            problem = current.readUntilEnd();
        } catch (IOException e) {
            problem = e.getMessage();
        } finally {
            connection = Optional.empty();
        }
        boolean served = current != null && current.isReady();
        if (!problem.equals(failure) && !closed) {
            LOG.debug("{}", problem);
        }
        failure = problem;
        if (current != null) {
            current.close(problem);
        }
        if (served) {
            listener.handleDisconnection(problem);
        }
        return served;
    }

    /** Ends the connection. Waits for the thread for 2 s at most. */
    @Override
    public void close() {
        closed = true;
        failure = "The virtual machine has been removed.";
        connection.ifPresent(current -> current.close(failure));
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
