package dev.mintlog.authorization;

import dev.mintlog.answer.Answer;

/**
 * The last command that changed an authorization, and what it was answered. Identity is the command id; order is the
 * position. A command that comes again is given this answer again.
 */
public record Applied(CommandId commandId, LogPosition position, Answer answer) {}
