/**
 * The registry as it rests in the log: signed entries closed over by signed revisions. Who can write the topic without the
 * signing key can take the registry away, but never change it.
 */
package dev.mintlog.registry.log;
