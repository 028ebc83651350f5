package org.catseye.qemu.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a monitor, from the greeting to its end. One thread reads; any thread executes commands. */
final class QmpConnection {

    private static final Logger LOG = LoggerFactory.getLogger(QmpConnection.class);

    /** Above all answers: that of query-named-block-nodes has about 1 KiB for each image. */
    static final int MAX_LINE_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 8 << 10;
    /** A QEMU that hangs answers none of them. More of them would fill its buffer. */
    private static final int MAX_PENDING = 16;
    /** QEMU greets at once, unless it serves another program. */
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final QmpAddress address;
    private final SocketChannel channel;
    private final QmpListener listener;
    private final long since = System.nanoTime();
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Object writeLock = new Object();
    private volatile String version = "";
    private volatile boolean ready;
    private volatile String end = "";

    /** A command without an answer so far. */
    private record Pending(String command, CompletableFuture<JsonNode> answer) {
    }

    QmpConnection(QmpAddress address, SocketChannel channel, QmpListener listener) {
        this.address = address;
        this.channel = channel;
        this.listener = listener;
    }

    String version() {
        return version;
    }

    boolean isReady() {
        return ready;
    }

    Optional<String> currentProblem() {
        if (ready) {
            return Optional.empty();
        }
        return Optional.of(System.nanoTime() - since < GREETING_NANOS ? "The connection to QEMU is being made."
                : "QEMU does not answer at " + address.describe() + ". Probably it serves another program there, and it serves one at a time: give Catseye a"
                + " QMP socket of its own.");
    }

    /** Reads until the connection ends. @return why it has ended, in one sentence */
    String readUntilEnd() {
        LineSplitter lines = new LineSplitter(MAX_LINE_BYTES);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            while (channel.read(buffer) >= 0) {
                lines.addBytes(buffer.flip(), this::handleLine);
                if (!end.isEmpty()) {
                    return end;
                }
                buffer.clear();
            }
            return ready ? "The virtual machine has ended." : "QEMU has closed the connection at " + address.describe() + ".";
        } catch (IOException e) {
            if (!end.isEmpty()) {
                return end;
            }
            return ready ? "The connection to QEMU has ended." : describeStranger(e);
        }
    }

    private String describeStranger(IOException cause) {
        return "What listens at " + address.describe() + " does not speak QMP: " + cause.getMessage() + ".";
    }

    private void handleLine(byte[] line) {
        if (line.length == 0 || !end.isEmpty()) {
            return;
        }
        try {
            handleMessage(QmpMessage.parseLine(line));
        } catch (IOException e) {
            end = describeStranger(e);
        }
    }

    private void handleMessage(QmpMessage message) throws IOException {
        switch (message.kind()) {
            case GREETING -> negotiate(message);
            case EVENT -> {
                if (ready) {
                    listener.handleEvent(message.name(), message.content());
                }
            }
            case RETURN -> findPending(message).ifPresent(command -> command.answer().complete(message.content()));
            case ERROR -> findPending(message).ifPresent(command ->
                    command.answer().completeExceptionally(new QmpError(command.command(), message.describeError())));
        }
    }

    /** Nothing else can be executed before. */
    private void negotiate(QmpMessage greeting) throws IOException {
        if (!version.isEmpty()) {
            throw new IOException("it greets twice");
        }
        version = greeting.readVersion();
        if (version.isEmpty()) {
            throw new IOException("its greeting has no version");
        }
        CompletableFuture<JsonNode> answer = sendCommand("qmp_capabilities", Map.of(), lastId.incrementAndGet());
        answer.whenComplete((content, error) -> {
            if (error == null) {
                ready = true;
                listener.handleConnection();
            } else if (end.isEmpty()) {
                end = "QEMU refuses the connection at " + address.describe() + ".";
            }
        });
    }

    private Optional<Pending> findPending(QmpMessage answer) {
        Optional<Pending> command = Optional.ofNullable(pending.remove(answer.id()));
        if (command.isEmpty()) {
            LOG.debug("{}: an answer to no command, or a late one", address.describe());
        }
        return command;
    }

    JsonNode execute(String command, Map<String, ?> arguments, Duration timeout) throws IOException, InterruptedException {
        Optional<String> problem = currentProblem();
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        if (pending.size() >= MAX_PENDING) {
            throw new IOException(describeSilence());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(); // The channel would be closed.
        }
        long id = lastId.incrementAndGet();
        try {
            return sendCommand(command, arguments, id).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(describeSilence(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof QmpError refused) {
                throw refused;
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private String describeSilence() {
        return "QEMU does not answer at " + address.describe() + ". It may be stopped, or waiting for a disk.";
    }

    private CompletableFuture<JsonNode> sendCommand(String command, Map<String, ?> arguments, long id) throws IOException {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, new Pending(command, answer));
        if (!end.isEmpty()) {
            throw new IOException(end);
        }
        ByteBuffer line = ByteBuffer.wrap(QmpMessage.formatCommand(command, arguments, id));
        try {
            synchronized (writeLock) {
                while (line.hasRemaining()) {
                    channel.write(line);
                }
            }
        } catch (IOException e) {
            pending.remove(id);
            throw new IOException("The connection to QEMU has ended.", e);
        }
        LOG.trace("{}: {}", address.describe(), command);
        return answer;
    }

    /** @param problem for the commands without an answer */
    void close(String problem) {
        end = problem;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{}", address.describe(), e);
        }
        for (Long id : pending.keySet()) {
            Pending command = pending.remove(id);
            if (command != null) {
                command.answer().completeExceptionally(new IOException(problem));
            }
        }
    }
}
