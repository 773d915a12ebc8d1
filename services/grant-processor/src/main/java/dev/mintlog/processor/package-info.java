/**
 * The grant processor: takes commands from the log, performs the steps of their lives against Redis and the log, and
 * decides nothing; what is to happen, and in which order, is {@link dev.mintlog.life.CommandLife}'s.
 *
 * <pre>
 * command  TokenCommandConsumer ─▶ TokenCommandMapper ─▶ AuthorizationLanes ┐
 * life                                                                     └▶ StepRunner ─▶ … ─▶ PartitionProgress
 * redis    RedisAuthorizationStates, PartitionRestore   ◀── load, commit ──┤
 * outcome  OutcomePublisher: events and changelog, then the reply  ◀───────┤
 * jose     JoseTokenSigner                              ◀── sign ──────────┘
 * </pre>
 */
package dev.mintlog.processor;
