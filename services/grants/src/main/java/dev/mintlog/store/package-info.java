/** Port: where authorizations rest, and what the store answers. It compares and sets; it judges nothing. */
package dev.mintlog.store;
