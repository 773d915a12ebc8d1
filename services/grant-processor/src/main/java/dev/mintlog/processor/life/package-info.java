/**
 * Performs the steps of commands' lives, many at a time. What the next step is comes from {@link
 * dev.mintlog.life.CommandLife} alone; here is only how it is done again when Redis or the log did not take part.
 */
package dev.mintlog.processor.life;
