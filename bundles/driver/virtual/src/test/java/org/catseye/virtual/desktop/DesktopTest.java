package org.catseye.virtual.desktop;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import org.catseye.hid.spi.MotionReport;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.machine.Bench;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.FontSource;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.scene.SceneCode;
import org.junit.Test;

public class DesktopTest {

    private static final Look LOOK = new Look(1280, 720, FontSource::drawWithJava);

    private final Bench bench = Bench.at(SceneCode.DESKTOP);

    private Canvas picture() {
        Canvas canvas = new Canvas(1280, 720);
        bench.machine.paintScreen(canvas, LOOK);
        return canvas;
    }

    @Test
    public void theEditorTakesTypedTextAndEdits() {
        bench.type("Dear cat\nhow are you").tap(Keys.UP).tap(Keys.END).type("!").tap(Keys.DOWN).tap(Keys.HOME).tap(Keys.BACKSPACE);
        assertEquals("Dear cat!how are you", bench.text());
        bench.tap(Keys.ENTER).tap(Keys.END).tap(Keys.BACKSPACE).tap(Keys.HOME).tap(Keys.DELETE);
        assertEquals("Dear cat!\now are yo", bench.text());
        assertEquals("w are yo", bench.tag().typed());
    }

    @Test
    public void aClickPutsTheCaretWhereItPoints() {
        bench.type("0123456789");
        picture();
        bench.click(60 + 10 + 3 * 12, 60 + 30 + 10 + 12).type("x");
        assertEquals("012x3456789", bench.text());
    }

    private int pixel(int x, int y) {
        return picture().pixels()[y * 1280 + x];
    }

    @Test
    public void windowsAreDraggedByTheirTitleAndNotByTheirContent() {
        int magenta = 0xff3fd8;
        assertEquals("a bar of the test card", magenta, pixel(1000, 180));
        bench.point(900, 120, 1).point(700, 320, 1).point(700, 320, 0).point(900, 120, 0);
        assertNotEquals(magenta, pixel(1000, 180));
        assertEquals(magenta, pixel(800, 380));
        bench.point(700, 400, 1).point(300, 400, 1).point(300, 400, 0);
        assertEquals(magenta, pixel(800, 380));
    }

    @Test
    public void clicksCountOnlyWhenReleasedOnTheButton() {
        ClicksWindow window = new ClicksWindow(0, 0);
        for (int i = 0; i < 3; i++) {
            window.pressButton(50, 30, 1, 0);
            window.releaseButton(50, 30, 1, 0);
        }
        window.pressButton(50, 30, 1, 0);
        window.releaseButton(5, 5, 1, 0);
        window.pressButton(50, 30, 2, 0);
        window.releaseButton(50, 30, 2, 0);
        assertEquals(3, window.clickCount());
    }

    @Test
    public void aDoubleClickIsTwoWithinHalfASecond() {
        ClicksWindow window = new ClicksWindow(0, 0);
        for (long at : new long[] {0, 600_000_000L, 1_000_000_000L, 1_400_000_000L}) {
            window.pressButton(50, 80, 1, at);
            window.releaseButton(50, 80, 1, at);
        }
        assertEquals(1, window.doubleClickCount());
    }

    @Test
    public void wheelAndPanMoveTheListUnderThePointer() {
        ScrollWindow window = new ScrollWindow(0, 0);
        window.handleWheel(-2, 1);
        assertEquals(144, window.scrolledY());
        assertEquals(40, window.scrolledX());
        window.handleWheel(100, -100);
        assertEquals(0, window.scrolledY());
        assertEquals(0, window.scrolledX());
        int[] before = picture().pixels();
        bench.point(500, 520, 0, -1, 0);
        int[] after = picture().pixels();
        int changed = 0;
        for (int x = 380; x < 680; x++) {
            changed += before[450 * 1280 + x] != after[450 * 1280 + x] ? 1 : 0;
        }
        assertTrue("the list moved in the picture", changed > 20);
        assertEquals(255, bench.tag().wheel());
    }

    @Test
    public void theRelativePointerMovesByPixelsAndStopsAtTheEdges() {
        bench.point(640, 360, 0);
        bench.machine.acceptMotion(new MotionReport(0, 10, -20, 0, 0));
        assertEquals(650, bench.tag().x());
        assertEquals(340, bench.tag().y());
        for (int i = 0; i < 20; i++) {
            bench.machine.acceptMotion(new MotionReport(2, -127, 127, 0, 0));
        }
        assertEquals(0, bench.tag().x());
        assertEquals(719, bench.tag().y());
        assertEquals(2, bench.tag().buttons());
        assertEquals("the tip of the arrow", 0, picture().pixels()[719 * 1280]);
    }

    @Test
    public void thePanelLeadsToTheConsole() {
        bench.click(110, 698);
        assertEquals(SceneCode.CONSOLE, bench.machine.sceneCode());
    }
}
