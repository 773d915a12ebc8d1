/** Commands out of the log: read, put in order per authorization, counted off when their lives are over. */
package dev.mintlog.processor.command;
