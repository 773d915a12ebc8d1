/** What is asked for: one record per command, verified facts and digests only. No secret ever reaches these types. */
package dev.mintlog.command;
