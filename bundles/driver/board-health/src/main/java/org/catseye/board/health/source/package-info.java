/**
 * Where the health of the board is read from. Each {@code HealthSource} reads one subject from files of Linux that need no root; where a board does
 * not have them, the source reports nothing. Start reading at {@code HealthSource}; {@code SupplySource} is a good example.
 */
package org.catseye.board.health.source;
