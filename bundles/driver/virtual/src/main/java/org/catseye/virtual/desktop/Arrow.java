package org.catseye.virtual.desktop;

import org.catseye.virtual.paint.Canvas;

/** The pointer, drawn by the pretend operating system itself. Its tip is the pixel it points at. */
final class Arrow {

    private static final String[] SHAPE = {
        "#", "##", "#.#", "#..#", "#...#", "#....#", "#.....#", "#......#", "#.......#", "#........#", "#.........#", "#..........#",
        "#......#####", "#...#..#", "#..# #..#", "#.#  #..#", "##    #..#", "#     #..#", "       ##"};

    private Arrow() {
    }

    static void paint(Canvas canvas, int x, int y) {
        for (int row = 0; row < SHAPE.length; row++) {
            for (int column = 0; column < SHAPE[row].length(); column++) {
                char c = SHAPE[row].charAt(column);
                if (c != ' ') {
                    canvas.fill(x + column, y + row, 1, 1, c == '#' ? 0x000000 : 0xffffff);
                }
            }
        }
    }
}
