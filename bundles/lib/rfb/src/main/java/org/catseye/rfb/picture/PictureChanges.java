package org.catseye.rfb.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a picture has changed: copies inside of it, and the areas whose pixels differ from the old picture after these copies. The areas
 * may contain more than that. Guarded by the owner of the picture.
 */
public final class PictureChanges {

    private static final int MAX_AREAS = 64;
    private static final int MAX_COPIES = 64;
    /** Two areas become one if that adds no more pixels than this, because each area has a cost of its own. */
    private static final int CHEAP_PIXELS = 1024;

    private final List<Copy> copies = new ArrayList<>();
    private final List<Rectangle> areas = new ArrayList<>();
    /** Where a viewer has other pixels than this picture: a pointer is drawn there. */
    private Optional<Rectangle> overlay = Optional.empty();

    /** A copy of the pixels at (fromX, fromY) to an area, which may overlap. */
    public record Copy(int fromX, int fromY, Rectangle to) {

        Rectangle source() {
            return new Rectangle(fromX, fromY, to.width(), to.height());
        }
    }

    /** In the order in which they were made. */
    public List<Copy> copies() {
        return List.copyOf(copies);
    }

    /** The areas to be painted after all copies. */
    public List<Rectangle> areas() {
        return List.copyOf(areas);
    }

    /** A viewer has got the picture. @param drawnOver where a pointer is drawn in its picture, and not in this one */
    public void clearChanges(Optional<Rectangle> drawnOver) {
        copies.clear();
        areas.clear();
        overlay = drawnOver;
    }

    /** The pixels of an area may have changed. */
    public void addArea(Rectangle area) {
        Rectangle joined = area;
        if (area.pixelCount() == 0) {
            return;
        }
        for (int i = areas.size() - 1; i >= 0; i--) {
            Rectangle union = joined.unite(areas.get(i));
            if (union.pixelCount() <= joined.pixelCount() + areas.get(i).pixelCount() + CHEAP_PIXELS) {
                joined = union;
                areas.remove(i);
            }
        }
        if (areas.size() == MAX_AREAS) {
            joined = areas.stream().reduce(joined, Rectangle::unite);
            areas.clear();
        }
        areas.add(joined);
    }

    void addCopy(int fromX, int fromY, Rectangle to) {
        Copy copy = new Copy(fromX, fromY, to);
        if (to.pixelCount() == 0 || fromX == to.x() && fromY == to.y()) {
            return;
        }
        if (isPainted(copy.source())) {
            addArea(to);
            return;
        }
        if (copies.size() == MAX_COPIES) {
            copies.forEach(earlier -> addArea(earlier.to()));
            copies.clear();
        }
        // Pixels that the viewer does not have yet are not there to be copied.
        List<Rectangle> missing = new ArrayList<>(areas);
        overlay.ifPresent(missing::add);
        areas.removeIf(area -> to.contains(area));
        copies.add(copy);
        for (Rectangle area : missing) {
            area.intersect(copy.source()).ifPresent(part -> addArea(part.moveBy(to.x() - fromX, to.y() - fromY)));
        }
        overlay.flatMap(to::intersect).ifPresent(this::addArea);
    }

    private boolean isPainted(Rectangle source) {
        return areas.stream().anyMatch(area -> area.contains(source));
    }

    /** The whole picture is another one. */
    void addWhole(int width, int height) {
        copies.clear();
        areas.clear();
        areas.add(new Rectangle(0, 0, width, height));
    }
}
