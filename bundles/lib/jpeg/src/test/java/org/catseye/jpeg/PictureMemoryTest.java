package org.catseye.jpeg;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public final class PictureMemoryTest {

    @Test
    public void allPicturesShareTheMemory() throws Exception {
        try (PictureMemory one = new PictureMemory(); PictureMemory other = new PictureMemory()) {
            assertFalse("too large for anyone", one.tryReserve(3840, 2160));
            assertFalse("no overflow", one.tryReserve(Integer.MAX_VALUE, Integer.MAX_VALUE));
            assertTrue(one.tryReserve(2560, 1600));
            assertFalse(other.tryReserve(1, 1));
            assertTrue("a new size replaces the old one", one.tryReserve(2560, 1599));
            assertTrue(other.tryReserve(2560, 1));
        }
        try (PictureMemory next = new PictureMemory()) {
            assertTrue("all is released", next.tryReserve(2560, 1600));
        }
    }

    @Test
    public void aPictureWaitsForOneThatIsAlmostDone() throws Exception {
        try (PictureMemory one = new PictureMemory(); PictureMemory other = new PictureMemory()) {
            assertTrue(one.tryReserve(2560, 1600));
            CompletableFuture<Void> done = CompletableFuture.runAsync(one::close, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
            assertTrue(other.tryReserve(1920, 1080));
            done.get();
        }
    }

    @Test
    public void copiesTakeNoMemoryFromScreens() throws Exception {
        try (PictureMemory copy = PictureMemory.forCopies(); PictureMemory other = PictureMemory.forCopies(); PictureMemory screen = new PictureMemory()) {
            assertTrue(copy.tryReserve(1920, 1080));
            assertFalse(other.tryReserve(1920, 1081));
            assertTrue("the old and the new quality of a viewer", other.tryReserve(1920, 1080));
            assertTrue(screen.tryReserve(2560, 1600));
        }
    }
}
