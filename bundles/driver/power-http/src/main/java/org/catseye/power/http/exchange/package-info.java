/** Sends one HTTP request and reads its answer, within limits of time and size. Start reading at {@code HttpExchange}. */
package org.catseye.power.http.exchange;
