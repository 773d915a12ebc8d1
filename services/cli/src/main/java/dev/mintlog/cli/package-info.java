/** The command line: what it reads, what it prints, and its exit codes. What a command does lives in the other modules. */
package dev.mintlog.cli;
