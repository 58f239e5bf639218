import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RequestHandler, Router } from 'express';
import { readReportNumber } from '../../policy/reports/number.ts';
import type { KeptReport } from '../../records/creditReport.ts';
import type { Grant } from '../../records/grant.ts';
import { refusal } from '../../records/errors.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import { type GrantParts, grantFor } from '../evidence/grant.ts';
import { type InTurnParts, inTurn } from '../evidence/inTurn.ts';
import { type JournaledParts, journaled } from '../evidence/journaled.ts';
import { refuse } from '../evidence/refusals.ts';
import { sendJson } from '../http/body.ts';
import type { Caller } from '../identity/caller.ts';
import { type Purpose, purposeOf } from '../policy/purpose.ts';
import type { ReportDocument } from './document.ts';
import { disclose } from './make.ts';
import type { ReportParts } from './parts.ts';
import { Printer } from './pdf/printer.ts';
import { verifyReport } from './resolvers.ts';
import { keptReport } from './store.ts';

export interface ReportDoorParts extends ReportParts, GrantParts, JournaledParts, InTurnParts {
  /** Address of the gateway as its clients know it; without one the report names none. */
  publicUrl?: string | undefined;
}

export interface ReportDoor {
  router: Router;
  close(): void;
}

/** Reports in memory at a time. */
const AT_ONCE = 8;

/** In the same words for what never was, what is given out no more, and what is not for this caller. */
const notFound = () =>
  refusal(
    'BAD_USER_INPUT',
    { zh: '没有此报告，或已过留存期', en: 'there is no such report, or it is kept no more' },
    { http: { status: 404 } },
  );

/** The subject reads its own, a unit what it had made for the same matter. */
const isOf = ({ subject, unit, matter }: KeptReport, { caller }: Grant, purpose: Purpose | null): boolean =>
  unit === null
    ? caller.role === 'subject' && caller.subject === subject
    : caller.unit === unit && purpose?.matter === matter;

/**
 * `GET /reports/<number>.pdf` and `.json`: a report that was made, for who had it made, with the same purpose; and
 * `GET /reports/verify?number=…&digest=…` for anyone. To read a report again is a look: its entry is durable before it leaves.
 */
export function reportDoor(parts: ReportDoorParts): ReportDoor {
  const printer = new Printer();
  const answer = inTurn(parts, AT_ONCE);

  const addressOf = (number: string, digest: string): string | null =>
    parts.publicUrl === undefined
      ? null
      : `${parts.publicUrl.replace(/\/$/, '')}/reports/verify?number=${number}&digest=${digest}`;

  const read = async (
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    { typed, form }: { typed: string; form: 'pdf' | 'json' },
  ): Promise<void> => {
    const header = request.headers['query-purpose'];
    const named = purposeOf(undefined, typeof header === 'string' ? header : null);
    // The report says under which authorization it is read; purposes are shared by all who sent the same header.
    const purpose = named && { ...named };
    const { done, receipt } = await journaled(
      parts,
      { caller, purpose, operation: 'readReport' },
      async (context) => {
        const { grant, ground } = grantFor('report', caller, purpose, parts);
        if (ground !== undefined) context.ground = ground;
        const snapshot = parts.snapshot() as Snapshot;
        const number = readReportNumber(typed);
        const found = number && (await keptReport(parts, number));
        if (!found || !isOf(found, grant, purpose)) throw notFound();
        if (purpose) purpose.authorization = found.authorization;
        if (found.agreedPurpose !== null) context.agreedPurpose = found.agreedPurpose;
        context.noted = [`report ${found.number}`];
        const document = JSON.parse(found.text) as ReportDocument;
        const person = document.subject.kind === 'NATURAL_PERSON';
        const { digest, subject } = found;
        const content =
          form === 'json'
            ? Buffer.from(found.text)
            : await printer.print({ document, digest, verifyAt: addressOf(found.number, digest) });
        disclose({ report: context.report, snapshot }, { subject, person }, document);
        return { number: found.number, content };
      },
    );
    response.setHeader('receipt', receipt);
    response.setHeader(
      'content-type',
      form === 'pdf' ? 'application/pdf' : 'application/json; charset=utf-8',
    );
    response.setHeader('content-disposition', `attachment; filename="credit-report-${done.number}.${form}"`);
    response.setHeader('content-length', done.content.length);
    response.end(done.content);
  };

  const verify: RequestHandler = async (request, response) => {
    try {
      const { number, digest } = request.query;
      const verified = await verifyReport(parts, {
        number: typeof number === 'string' ? number : '',
        digest: typeof digest === 'string' ? digest : '',
      });
      sendJson(response, 200, JSON.stringify(verified));
    } catch (error) {
      refuse(response, error, parts.onUnexpected);
    }
  };

  const router = Router();
  router.get('/reports/verify', verify);
  for (const form of ['pdf', 'json'] as const)
    router.get(`/reports/:number.${form}`, (request, response) =>
      answer(request, response, (caller) =>
        read(request, response, caller, { typed: request.params['number'], form }),
      ),
    );
  return { router, close: () => printer.close() };
}
