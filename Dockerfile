# One image for the worker and for all other commands of `onboard`.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY activities activities
COPY ar24 ar24
COPY cli cli
COPY client client
COPY codec codec
COPY deploy deploy
COPY devserver devserver
COPY gateway gateway
COPY metrics metrics
COPY probe probe
COPY simulator simulator
COPY tracing tracing
COPY worker worker
COPY workflows workflows
# This also bundles the workflows, so that a worker need not bundle them at its start.
RUN npm run build

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts
# What no process of `onboard` reads, two thirds of all that npm installs:
# - the SDK's native part for other systems, and the Rust code from which it is made;
# - the compiler that bundles workflows, as `dist` has the bundle;
# - types and source maps.
RUN find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
    ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r '{}' + \
  && rm -r node_modules/@temporalio/core-bridge/sdk-core node_modules/@temporalio/core-bridge/src \
  && rm -r node_modules/@swc/core-* \
  && find node_modules -type f -regex '.*\.\([cm]?ts\|map\)' -delete

FROM node:24.21.0-bookworm-slim
# The SDK's native part reads the system's certificates, which the slim image lacks. jemalloc: see below. No version is
# pinned: the newest certificates are right.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates libjemalloc2 \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
# These save memory; docs/figures.md has how much. jemalloc takes the place of glibc's allocator: it has one arena instead
# of one for each thread, and returns what was freed after a second. V8 would let its room for new objects grow to 128 MiB
# for each of a worker's two heaps.
ENV LD_PRELOAD=libjemalloc.so.2
ENV MALLOC_CONF=narenas:1,background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0
ENV NODE_OPTIONS=--max-semi-space-size=4
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY bin bin
# A volume mounted at /state gets this owner, the user `node`. Its number is used, since an orchestrator that refuses
# root can check only numbers.
RUN ln -s /app/bin/onboard.js /usr/local/bin/onboard \
  && install --directory --owner=1000 --group=1000 /state
USER 1000:1000
EXPOSE 8080 8090 8234 9466
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ONBOARDING_HEALTH_PORT || 8090}/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["onboard"]
CMD ["worker"]
