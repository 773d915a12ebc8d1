/** The wire: records that travel through Kafka or rest in Redis, generated from {@code src/main/avro}. */
package dev.mintlog.schema;
