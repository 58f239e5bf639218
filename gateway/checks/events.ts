import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSession } from 'better-sse';
import { Router } from 'express';
import { GraphQLError } from 'graphql';
import { isUuid } from '../../records/arguments.ts';
import type { BatchJobRow } from '../../records/checks/batch.ts';
import { emptyReport } from '../../records/disclosure.ts';
import { refusal } from '../../records/errors.ts';
import type { Journal } from '../../records/journal.ts';
import { refuse } from '../evidence/refusals.ts';
import type { Caller } from '../identity/caller.ts';
import type { Tokens } from '../identity/tokens.ts';
import { entryOf } from '../policy/entry.ts';
import { type Rights, barred } from '../policy/rights.ts';
import { officerOf } from './callers.ts';
import { Places } from './places.ts';
import type { JobProgress } from './progress.ts';
import type { BatchStore } from './store.ts';

export interface JobEventsParts {
  store: Pick<BatchStore, 'find'>;
  progress: JobProgress;
  tokens: Tokens;
  /** Null while they are stale: then no stream is opened. */
  rights: () => Rights | null;
  journal: Journal;
  onLimited: () => void;
  onUnexpected: (error: unknown) => void;
}

export interface JobEvents {
  router: Router;
  /** Ends all streams: a gateway that stops does not wait for them. */
  close(): void;
}

/** Proxies end a connection that says nothing for a minute. */
const HEARTBEAT_MS = 15_000;
/** A stream does not outlive its caller's token by more than this: whoever still watches opens the next one with a good token. */
const LONGEST_MS = 30 * 60_000;
const RETRY_MS = 2_000;

const isOver = ({ state }: BatchJobRow): boolean => state !== 'QUEUED' && state !== 'RUNNING';

/** How far a job is: the id of an event. Equal to what a client saw last, there is nothing to tell. */
const positionOf = ({ state, done }: BatchJobRow): string => `${done}-${state}`;

/** What `job(id)` tells of it by GraphQL, under the same names. */
const toldOf = ({ asked: _asked, unit: _unit, ...told }: BatchJobRow) => told;

const notFound = () =>
  refusal(
    'BAD_USER_INPUT',
    { zh: '没有这个任务', en: 'there is no such job' },
    { argument: 'id', http: { status: 404 } },
  );

/**
 * `GET /jobs/<id>/events`: how a unit's own job goes on, as server-sent events. `progress` whenever it changed, `end` once it is over, and
 * then the stream is at its end, too. `Last-Event-ID` takes it up again; where all was told before, 204 tells an EventSource to come no
 * more. It tells of no subject: like `job(id)` it needs no purpose and no entry.
 */
export function jobEvents({ store, progress, tokens, rights, journal, ...on }: JobEventsParts): JobEvents {
  const places = new Places();
  const open = new Set<() => void>();
  let closed = false;

  /** @throws FORBIDDEN, which is an entry, as with every other request. */
  const refuseBarred = async (caller: Caller): Promise<void> => {
    const refused = barred(caller, rights());
    if (!refused) return;
    if (refused.extensions['code'] === 'FORBIDDEN') {
      const context = { caller, purposeHeader: null, grant: null, report: emptyReport() };
      await journal.write(entryOf(context, null, 'jobEvents', 'FORBIDDEN', null));
    }
    throw refused;
  };

  const stream = async (
    request: IncomingMessage,
    response: ServerResponse,
    { caller, job, leave }: { caller: Caller; job: BatchJobRow; leave: () => void },
  ): Promise<void> => {
    const session = await createSession(request, response, { keepAlive: HEARTBEAT_MS, retry: RETRY_MS });
    let seen = session.lastId;
    let unwatch = () => {};
    const end = () => {
      clearTimeout(longest);
      unwatch();
      open.delete(end);
      leave();
      if (!response.writableEnded) response.end();
    };
    const longest = setTimeout(end, LONGEST_MS).unref();
    const tell = (now: BatchJobRow | null) => {
      if (!now || closed || barred(caller, rights())) return end();
      const position = positionOf(now);
      if (position !== seen) session.push(toldOf(now), isOver(now) ? 'end' : 'progress', position);
      seen = position;
      if (isOver(now)) end();
    };
    open.add(end);
    response.once('close', end);
    if (response.destroyed) return end();
    unwatch = progress.watch(job.id, tell);
    tell(job);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse, id: string): Promise<void> => {
    const caller = await tokens.caller(request.headers.authorization);
    await refuseBarred(caller);
    const officer = officerOf({ caller });
    const give = await places.take(officer);
    let given = false;
    const leave = () => {
      if (!given) give();
      given = true;
    };
    try {
      const job = isUuid(id) ? await store.find(id) : null;
      if (job?.unit !== officer.unit || !job) throw notFound();
      if (isOver(job) && request.headers['last-event-id'] === positionOf(job)) {
        leave();
        response.statusCode = 204;
        response.end();
        return;
      }
      await stream(request, response, { caller, job, leave });
    } catch (error) {
      leave();
      throw error;
    }
  };

  const router = Router();
  router.get('/jobs/:id/events', async (request, response) => {
    try {
      await answer(request, response, request.params.id);
    } catch (error) {
      if (error instanceof GraphQLError && error.extensions['code'] === 'RATE_LIMITED') on.onLimited();
      if (!response.headersSent) refuse(response, error, on.onUnexpected);
      else response.destroy();
    }
  });
  return {
    router,
    close() {
      closed = true;
      for (const end of open) end();
    },
  };
}
