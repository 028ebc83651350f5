package org.catseye.core.media.library;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.catseye.core.media.settings.LibrarySettings;
import org.catseye.media.MediaException;
import org.junit.After;
import org.junit.Rule;
import org.junit.function.ThrowingRunnable;
import org.junit.rules.TemporaryFolder;

/** A library in a folder of its own. */
public abstract class LibraryRig {

    @Rule
    public final TemporaryFolder folders = new TemporaryFolder();
    final Attachments attachments = new Attachments();
    Images images;

    @After
    public void stopLibrary() {
        if (images != null) {
            images.stop();
        }
    }

    Images open(Path folder, Path... readOnly) {
        return openWith(new LibrarySettings(folder, false, List.of(readOnly), 3, 0));
    }

    /** Ends the one before, as a restart does. */
    Images openWith(LibrarySettings settings) {
        stopLibrary();
        images = new Images(settings, attachments);
        return images;
    }

    /** Asks until the answer is right, for ten seconds at most. */
    static <T> T await(String what, Callable<T> question, Predicate<T> right) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        T answer = question.call();
        while (!right.test(answer)) {
            assertTrue(what + " did not come; the last answer was " + answer, System.nanoTime() - end < 0);
            TimeUnit.MILLISECONDS.sleep(5);
            answer = question.call();
        }
        return answer;
    }

    static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    static InputStream stream(byte[] content, int from, int to) {
        return stream(Arrays.copyOfRange(content, from, to));
    }

    /** Fails where it would end. */
    static InputStream broken(byte[] content, int from, int to) {
        return new FilterInputStream(stream(content, from, to)) {
            @Override
            public int read(byte[] buffer, int start, int count) throws IOException {
                int read = super.read(buffer, start, Math.min(count, 1000));
                if (read < 0) {
                    throw new IOException("the connection broke");
                }
                return read;
            }
        };
    }

    static void assertRefused(MediaException.Reason reason, ThrowingRunnable action) {
        MediaException refused = assertThrows(MediaException.class, action);
        assertEquals(refused.getMessage(), reason, refused.reason());
    }
}
