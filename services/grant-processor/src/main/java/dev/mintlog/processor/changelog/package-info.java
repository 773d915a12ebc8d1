/**
 * The topic {@code authorizations}: read to restore what Redis forgot, and kept so that compaction keeps the newest state of
 * each authorization, whoever wrote last.
 */
package dev.mintlog.processor.changelog;
