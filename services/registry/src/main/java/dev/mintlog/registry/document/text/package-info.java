/** How text becomes values, and back: YAML, JSON, durations, names; what is wrong is said with its path. */
package dev.mintlog.registry.document.text;
