import express, { type Router } from 'express';

/** Whether something works; a rejection counts as no. */
export type Check = () => Promise<boolean>;

export interface HealthOptions {
  /** The journal can be written: without it nothing may be answered. */
  journal: Check;
  /** The gateway's copy of the catalogue is fresh. */
  catalogue: () => boolean;
  subgraphs: Record<string, Check>;
  /** Milliseconds after which silence counts as no. */
  timeout?: number;
}

interface Readiness {
  status: 'ready' | 'degraded' | 'unready';
  journal: boolean;
  catalogue: boolean;
  subgraphs: Record<string, boolean>;
}

/**
 * `GET /healthz`: the process lives. `GET /readyz`: what it needs, each by name; 503 while the journal or the catalogue is not ready.
 * An agency that is down leaves the rest of the answer standing, so the gateway is `degraded` and stays in service.
 */
export function health(options: HealthOptions): Router {
  let running: Promise<Readiness> | undefined;
  return express
    .Router()
    .get('/healthz', (_request, response) => {
      response.json({ ok: true });
    })
    .get('/readyz', async (_request, response) => {
      // Whoever asks often makes no more work: concurrent questions share one round of checks.
      running ??= readiness(options).finally(() => {
        running = undefined;
      });
      const found = await running;
      response
        .status(found.status === 'unready' ? 503 : 200)
        .set('Cache-Control', 'no-store')
        .json(found);
    });
}

async function readiness({
  journal,
  catalogue,
  subgraphs,
  timeout = 2_000,
}: HealthOptions): Promise<Readiness> {
  const names = Object.keys(subgraphs);
  const [journalReady, ...answers] = await Promise.all(
    [journal, ...Object.values(subgraphs)].map((check) => within(timeout, check)),
  );
  const found = {
    journal: journalReady === true,
    catalogue: catalogue(),
    subgraphs: Object.fromEntries(names.map((name, i) => [name, answers[i] === true])),
  };
  const status =
    !found.journal || !found.catalogue ? 'unready' : answers.includes(false) ? 'degraded' : 'ready';
  return { status, ...found };
}

async function within(milliseconds: number, check: Check): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
