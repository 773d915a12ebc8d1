/**
 * The settings of a service: declared once as {@link dev.mintlog.runtime.config.ConfigKey}s, read from one YAML file and,
 * over it, from the environment, checked before anything starts.
 *
 * <p>Nothing is guessed and nothing is ignored: an unknown key, a wrong type, a value out of range or a missing value is
 * a {@link dev.mintlog.runtime.config.ConfigException} with a message of one line that names the key, where it was found,
 * what was found, what was expected and how to repair it. Secrets are never part of a message, a log line or a listing.
 */
package dev.mintlog.runtime.config;
