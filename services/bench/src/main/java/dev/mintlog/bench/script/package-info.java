/** What a virtual user sends, step by step: requests that are made ahead, with the few values that differ each time. */
package dev.mintlog.bench.script;
