/**
 * Clients in the field get their tokens: unmodified copies of them where they run here, byte-exact replays of their requests
 * where they do not.
 */
package dev.mintlog.clients;
