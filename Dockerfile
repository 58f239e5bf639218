# One image for every part of the distributed shape: the gateway, each subgraph and the jobs differ by command alone.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY cli/package.json cli/
# Optional packages are the embedded PostgreSQL, which no part of this shape starts. The image has its own Node.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY schema schema
COPY policy policy
COPY platform platform
COPY records records
COPY subgraphs subgraphs
COPY gateway gateway
COPY demo demo
COPY cli cli
COPY deploy deploy
USER node
EXPOSE 4000
CMD ["node", "cli/gateway.ts"]
