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
 *
 * <p>Here is the wiring: {@link dev.mintlog.processor.GrantProcessor} opens the log, the store and what leaves ({@link
 * dev.mintlog.processor.ProcessorLog}, {@link dev.mintlog.processor.ProcessorStore}, {@link
 * dev.mintlog.processor.ProcessorOutcomes}) and starts them. The rooms know no settings.
 */
package dev.mintlog.processor;
