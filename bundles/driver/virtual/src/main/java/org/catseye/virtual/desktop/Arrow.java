package org.catseye.virtual.desktop;

import org.catseye.virtual.paint.Canvas;

/** The pointer, drawn by the virtual operating system. Its tip is the pixel at its position. */
final class Arrow {

    private static final String[] SHAPE = {
        "#", "##", "#.#", "#..#", "#...#", "#....#", "#.....#", "#......#", "#.......#", "#........#", "#.........#", "#..........#",
        "#......#####", "#...#..#", "#..# #..#", "#.#  #..#", "##    #..#", "#     #..#", "       ##"};

    private Arrow() {
    }

    static void paintArrow(Canvas canvas, int x, int y) {
        for (int row = 0; row < SHAPE.length; row++) {
            for (int column = 0; column < SHAPE[row].length(); column++) {
                char c = SHAPE[row].charAt(column);
                if (c != ' ') {
                    canvas.fillRectangle(x + column, y + row, 1, 1, c == '#' ? 0x000000 : 0xffffff);
                }
            }
        }
    }
}
