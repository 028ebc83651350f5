package org.catseye.virtual;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.machine.Bench;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.FontSource;
import org.catseye.virtual.paint.FrameTag;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.SceneCode;
import org.junit.Test;

/** Paints each scene into target/screens, for people to look at, and checks that something is on it. */
public class ScreenshotsTest {

    private static final FontSource NO_FONTS = (family, bold, height) -> {
        throw new InternalError("no fonts here");
    };

    @Test
    public void eachSceneIsPainted() throws Exception {
        shoot(new Bench().pass(1800), "post", SceneCode.POST);
        shoot(new Bench().tap(Keys.F12).pass(3100), "boot-menu", SceneCode.BOOT_MENU);
        Bench setup = new Bench().tap(Keys.F2).pass(3100).tap(Keys.RIGHT).tap(Keys.RIGHT);
        shoot(setup, "setup-boot", SceneCode.SETUP);
        shoot(setup.tap(Keys.F10), "setup-save", SceneCode.SETUP);
        shoot(new Bench().pass(3500), "booting", SceneCode.BOOTING);
        Bench console = Bench.at(SceneCode.CONSOLE).type("help\nls\ncat cat.txt\nleds\ndate\necho hello");
        console.machine.acceptConsumerUsage(0xe9);
        shoot(console, "console", SceneCode.CONSOLE);
        shoot(console.type("\npoweroff\n").pass(700), "shutting-down", SceneCode.SHUTTING_DOWN);
    }

    @Test
    public void theDesktopIsPaintedInBothSizes() throws Exception {
        shoot(desktop(1280, 720), "desktop", SceneCode.DESKTOP);
        shoot(desktop(1920, 1080), "desktop-1080", SceneCode.DESKTOP);
        Bench session = desktop(1280, 720).tap(5, Keys.DELETE);
        shoot(session, "session", SceneCode.DESKTOP);
        shoot(new Bench(1920, 1080, Nvram.DEFAULTS).pass(5000).type("help\n"), "console-1080", SceneCode.CONSOLE);
    }

    @Test
    public void withoutFontsTheLettersAreMadeOfDots() throws Exception {
        Bench bench = Bench.at(SceneCode.CONSOLE).type("help\necho The quick brown fox jumps over the lazy dog\n")
            .type("echo `1234567890-=~!@#$%^&*()_+[]{};:',./<>?\n");
        shoot(bench, "console-dots", SceneCode.CONSOLE, NO_FONTS);
        shoot(desktop(1280, 720), "desktop-dots", SceneCode.DESKTOP, NO_FONTS);
    }

    private static Bench desktop(int width, int height) {
        Bench bench = new Bench(width, height, Nvram.DEFAULTS).pass(5000).type("desktop\nDear cat,\n\nthe mouse moves.");
        bench.machine.acceptKeyboard(new KeyboardReport(2, List.of(0x04, 0x2c)).toBootReport());
        return bench.click(140, 480).point(500, 520, 0, -2, 0).point(610, 420, 1);
    }

    private static void shoot(Bench bench, String name, SceneCode code) throws Exception {
        shoot(bench, name, code, FontSource::drawWithJava);
    }

    private static void shoot(Bench bench, String name, SceneCode code, FontSource fonts) throws Exception {
        assertEquals(code, bench.machine.sceneCode());
        Canvas canvas = new Canvas(bench.width, bench.height);
        FrameTag tag = bench.machine.paintScreen(canvas, new Look(bench.width, bench.height, fonts)).orElseThrow();
        tag.paintTag(canvas);
        Set<Integer> colors = new HashSet<>();
        for (int pixel : canvas.pixels()) {
            colors.add(pixel);
        }
        assertTrue(name + " has only " + colors.size() + " colours", colors.size() > 4);
        BufferedImage image = new BufferedImage(bench.width, bench.height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, bench.width, bench.height, canvas.pixels(), 0, bench.width);
        File file = new File("target/screens/" + name + ".png");
        file.getParentFile().mkdirs();
        ImageIO.write(image, "png", file);
    }
}
