package org.catseye.rfb.picture;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.catseye.rfb.picture.PictureChanges.Copy;
import org.junit.Test;

/** A viewer that makes the copies and paints the areas has the picture. */
public class PictureChangesTest {

    private static final int WIDTH = 60;
    private static final int HEIGHT = 40;

    private final Random random = new Random(5);
    private final PictureChanges changes = new PictureChanges();

    private Rectangle randomArea() {
        int x = random.nextInt(WIDTH);
        int y = random.nextInt(HEIGHT);
        return new Rectangle(x, y, 1 + random.nextInt(WIDTH - x), 1 + random.nextInt(HEIGHT - y));
    }

    private static void copy(int[] pixels, int fromX, int fromY, Rectangle to) {
        int[] before = pixels.clone();
        for (int y = 0; y < to.height(); y++) {
            System.arraycopy(before, (fromY + y) * WIDTH + fromX, pixels, (to.y() + y) * WIDTH + to.x(), to.width());
        }
    }

    private void changeAtRandom(int[] screen) {
        Rectangle area = randomArea();
        if (random.nextInt(3) == 0) {
            int fromX = random.nextInt(WIDTH - area.width() + 1);
            int fromY = random.nextInt(HEIGHT - area.height() + 1);
            copy(screen, fromX, fromY, area);
            changes.addCopy(fromX, fromY, area);
        } else {
            Rectangle small = new Rectangle(area.x(), area.y(), Math.min(area.width(), 9), Math.min(area.height(), 9));
            for (int i = 0; i < small.pixelCount(); i++) {
                screen[(small.y() + i / small.width()) * WIDTH + small.x() + i % small.width()] = random.nextInt();
            }
            changes.addArea(small);
        }
    }

    private void update(int[] viewer, int[] screen) {
        for (Copy copy : changes.copies()) {
            copy(viewer, copy.fromX(), copy.fromY(), copy.to());
        }
        for (Rectangle area : changes.areas()) {
            copyArea(screen, viewer, area);
        }
    }

    private static void copyArea(int[] from, int[] to, Rectangle area) {
        for (int y = area.y(); y < area.y() + area.height(); y++) {
            System.arraycopy(from, y * WIDTH + area.x(), to, y * WIDTH + area.x(), area.width());
        }
    }

    @Test
    public void aViewerFollowsAnyOrderOfCopiesAndChanges() {
        int[] screen = random.ints(WIDTH * HEIGHT).toArray();
        int[] viewer = screen.clone();
        int copies = 0;
        for (int round = 0; round < 2_000; round++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                changeAtRandom(screen);
            }
            copies += changes.copies().size();
            update(viewer, screen);
            assertArrayEquals("round " + round, screen, viewer);
            changes.clearChanges(Optional.empty());
        }
        assertTrue("copies: " + copies, copies > 1_000);
    }

    @Test
    public void aViewerWithAPointerInItsPictureFollowsToo() {
        int[] screen = random.ints(WIDTH * HEIGHT).toArray();
        Rectangle pointer = new Rectangle(20, 10, 8, 12);
        int[] viewer = screen.clone();
        paint(viewer, pointer);
        changes.clearChanges(Optional.of(pointer));
        for (int round = 0; round < 1_000; round++) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                changeAtRandom(screen);
            }
            int[] painted = screen.clone();
            paint(painted, pointer);
            update(viewer, painted);
            assertArrayEquals("round " + round, painted, viewer);
            changes.clearChanges(Optional.of(pointer));
        }
    }

    private static void paint(int[] pixels, Rectangle area) {
        for (int i = 0; i < area.pixelCount(); i++) {
            pixels[(area.y() + i / area.width()) * WIDTH + area.x() + i % area.width()] = i;
        }
    }

    @Test
    public void manyChangesBecomeFew() {
        for (int i = 0; i < 10_000; i++) {
            changes.addArea(new Rectangle(random.nextInt(2_000), random.nextInt(2_000), 1, 1));
            changes.addCopy(0, 0, new Rectangle(random.nextInt(2_000), 2_100 + i % 7, 3, 3));
        }
        assertTrue(changes.areas().size() <= 64);
        assertTrue(changes.copies().size() <= 64);
    }

    @Test
    public void neighboursBecomeOneArea() {
        for (int x = 0; x < 1_280; x += 64) {
            changes.addArea(new Rectangle(x, 16, 64, 16));
        }
        assertEquals(List.of(new Rectangle(0, 16, 1_280, 16)), changes.areas());
    }

    @Test
    public void aScrolledLineIsACopyAndALine() {
        changes.addCopy(0, 16, new Rectangle(0, 0, 1_280, 704));
        changes.addArea(new Rectangle(0, 704, 1_280, 16));
        assertEquals(List.of(new Copy(0, 16, new Rectangle(0, 0, 1_280, 704))), changes.copies());
        assertEquals(List.of(new Rectangle(0, 704, 1_280, 16)), changes.areas());
    }
}
