# Image of the grant-processor. Build from the repository's root: docker build -f deploy/grant-processor.Dockerfile -t mintlog/grant-processor .
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -DskipTests package

FROM eclipse-temurin:25-jre
RUN useradd --system --no-create-home mintlog
COPY --from=build /src/services/cli/target/lib /opt/mintlog/lib
COPY --from=build /src/services/cli/target/cli-*.jar /opt/mintlog/lib/
USER mintlog
# Exec form: SIGTERM reaches the JVM, which answers what is in flight before it ends.
ENTRYPOINT ["java", "-XX:+UseParallelGC", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-cp", "/opt/mintlog/lib/*", "dev.mintlog.cli.Main"]
CMD ["processor"]
