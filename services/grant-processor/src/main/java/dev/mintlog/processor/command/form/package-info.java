/** Commands as they travel, one form each; {@link dev.mintlog.processor.command.form.CommandForms} lists them. */
package dev.mintlog.processor.command.form;
