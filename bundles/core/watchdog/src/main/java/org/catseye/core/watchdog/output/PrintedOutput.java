package org.catseye.core.watchdog.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.LongFunction;
import org.catseye.core.watchdog.owner.BundleOwner;
import org.catseye.core.watchdog.owner.BundleOwners;

/**
 * {@code System.out} and {@code System.err} with a limit for each plug-in. What is not of a plug-in passes. Behind it is the stream with the limit
 * for each thread, so the log, which has the stream of the process, is not affected.
 */
public final class PrintedOutput {

    /** One line of text, usually. */
    static final int BYTES_PER_LINE = 256;

    private final CallingBundle calling;
    private final OutputCounts counts;
    private final LongFunction<Optional<BundleOwner>> ownerOfThread;
    private final PrintStream formerOut = System.out;
    private final PrintStream formerErr = System.err;
    private final PrintStream out = new PrintStream(new CountedStream(formerOut), true);
    private final PrintStream err = new PrintStream(new CountedStream(formerErr), true);

    /** @param ownerOfThread the bundle that a thread belongs to, by its id */
    public PrintedOutput(BundleOwners owners, OutputCounts counts, LongFunction<Optional<BundleOwner>> ownerOfThread) {
        this.calling = new CallingBundle(owners);
        this.counts = counts;
        this.ownerOfThread = ownerOfThread;
    }

    public void install() {
        System.setOut(out);
        System.setErr(err);
    }

    /** A stream that was replaced meanwhile stays. */
    public void remove() {
        if (System.out == out) {
            System.setOut(formerOut);
        }
        if (System.err == err) {
            System.setErr(formerErr);
        }
    }

    private boolean mayPrint(int bytes) {
        Optional<BundleOwner> owner = calling.findCaller().filter(BundleOwner::plugin).or(() -> ownerOfThread.apply(Thread.currentThread().getId()));
        return owner.map(bundle -> counts.countPrinted(bundle, (bytes + BYTES_PER_LINE - 1) / BYTES_PER_LINE)).orElse(true);
    }

    private final class CountedStream extends FilterOutputStream {

        CountedStream(PrintStream former) {
            super(former);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (mayPrint(length)) {
                out.write(bytes, offset, length);
            }
        }

        /** Only flushes: the stream belongs to the process. */
        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
