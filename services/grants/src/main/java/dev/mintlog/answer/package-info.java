/** What a command is answered: values that are stored with the state, so that the same command hears the same again. */
package dev.mintlog.answer;
