# One image for the API and the worker. Not Alpine: argon2 and PostgreSQL's binaries want glibc.
ARG NODE=node:24.11.1-bookworm-slim

# --- build: everything, with development tools -------------------------------------------------------------
FROM ${NODE} AS build
WORKDIR /reeve
ENV TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1 CI=1
COPY package.json package-lock.json .npmrc turbo.json tsconfig.base.json prisma.config.ts ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY bench/package.json bench/
COPY packages packages
COPY prisma prisma
RUN npm ci --loglevel=error
COPY apps apps
COPY docs docs
RUN npx turbo run build --filter=@reeve/api --filter=@reeve/web

# --- dependencies: what runs, nothing that builds ----------------------------------------------------------
FROM ${NODE} AS dependencies
WORKDIR /reeve
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY bench/package.json bench/
COPY packages packages
COPY prisma prisma
RUN npm ci --omit=dev --workspace @reeve/api --include-workspace-root=false --loglevel=error

# --- the image ---------------------------------------------------------------------------------------------
FROM ${NODE}
WORKDIR /reeve
ENV NODE_ENV=production \
    REEVE_ENV=production \
    REEVE_DEMO=0 \
    REEVE_HOST=0.0.0.0 \
    REEVE_PORT=4600 \
    REEVE_DATA_DIR=/var/lib/reeve
COPY --from=dependencies /reeve/node_modules node_modules
COPY --from=build /reeve/prisma prisma
COPY --from=build /reeve/apps/api/package.json apps/api/
COPY --from=build /reeve/apps/api/dist apps/api/dist
COPY --from=build /reeve/apps/web/dist apps/web/dist
COPY package.json LICENSE ./
RUN install -d -o node -g node -m 0700 /var/lib/reeve
USER node
VOLUME /var/lib/reeve
EXPOSE 4600
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.REEVE_PORT}/readyz`).then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "--max-semi-space-size=64", "--enable-source-maps", "apps/api/dist/main.js"]
