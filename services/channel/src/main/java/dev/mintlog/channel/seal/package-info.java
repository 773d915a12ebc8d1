/** Sealing: AES-256-GCM under a key per direction and sender instance, so that every key has one writer. */
package dev.mintlog.channel.seal;
