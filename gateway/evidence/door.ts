import type { IncomingMessage, ServerResponse } from 'node:http';
import { Router } from 'express';
import { GraphQLError } from 'graphql';
import { discloseItem } from '../../records/disclosure.ts';
import { badInput } from '../../records/errors.ts';
import { type EvidenceStore, MAX_EVIDENCE, evidenceOwner } from '../../records/evidence.ts';
import { unavailable } from '../errors.ts';
import type { Caller } from '../identity/caller.ts';
import { purposeOf } from '../policy/purpose.ts';
import { type GrantParts, grantFor } from './grant.ts';
import { type InTurnParts, inTurn } from './inTurn.ts';
import { type JournaledParts, journaled } from './journaled.ts';
import { readFile } from './readFile.ts';
import { notFound, tooLarge } from './refusals.ts';

export interface EvidenceDoorParts extends GrantParts, JournaledParts, InTurnParts {
  store: EvidenceStore;
}

/** Files in memory at a time: 20 MB each, and as much again while one is sealed. */
const AT_ONCE = 8;
const LONGEST_NAME = 200;
const DIGEST = /^[0-9a-f]{64}$/i;
/** A media type as RFC 9110 has it, its parameters left off. */
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}/;

/** The file's own name, without folders: it is shown to others. */
function nameOf(asked: unknown): string | null {
  if (typeof asked !== 'string') return null;
  const name = (asked.split(/[/\\]/).at(-1) ?? '').trim();
  if (name === '') return null;
  if ([...name].length <= LONGEST_NAME && /^\P{C}*$/u.test(name)) return name;
  throw badInput('name', {
    zh: `至多 ${LONGEST_NAME} 字，不含控制字符`,
    en: `must have at most ${LONGEST_NAME} characters, none of them control characters`,
  });
}

/** RFC 6266: saved and never shown by the browser, whatever it holds. */
const asAttachment = (name: string): string => {
  const escaped = (c: string) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
  return `attachment; filename="evidence"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escaped)}`;
};

/**
 * `POST /evidence` and `GET /evidence/<case>/<digest>`: files of evidence (证明材料), which do not go through GraphQL. Who may is for the
 * same policy to say, and the entry in the journal is durable before anything leaves. What a file says it is, is never believed.
 */
export function evidenceDoor(parts: EvidenceDoorParts): Router {
  const { store, onUnexpected } = parts;
  const answer = inTurn(parts, AT_ONCE);

  /** What the store did not mean to say is that it cannot be asked. */
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      if (error instanceof GraphQLError) throw error;
      onUnexpected(error);
      throw unavailable('objections');
    });

  const give = async (request: IncomingMessage, response: ServerResponse, caller: Caller, name: unknown) => {
    const said = { caller, purpose: null, operation: 'giveEvidence' };
    const { done, receipt } = await journaled(parts, said, async (context) => {
      const { grant, ground } = grantFor('give', caller, null, parts);
      if (ground !== undefined) context.ground = ground;
      // Known before the file is read.
      evidenceOwner(grant);
      const file = { name: nameOf(name), ...((await readFile(request, MAX_EVIDENCE)) ?? refuseTooLarge()) };
      if (file.content.length === 0) throw badInput('body', { zh: '文件为空', en: 'the file is empty' });
      const contentType = MEDIA_TYPE.exec(request.headers['content-type'] ?? '')?.[0] ?? null;
      return asked(store.put(grant, { ...file, contentType }));
    });
    response.setHeader('receipt', receipt);
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(done));
  };

  const read = async (
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    { caseId, digest }: { caseId: string; digest: string },
  ) => {
    const header = request.headers['query-purpose'];
    const purpose = purposeOf(undefined, typeof header === 'string' ? header : null);
    const said = { caller, purpose, operation: 'readEvidence' };
    const { done, receipt } = await journaled(parts, said, async (context) => {
      const { grant, ground } = grantFor('read', caller, purpose, parts);
      if (ground !== undefined) context.ground = ground;
      const found = DIGEST.test(digest) ? await asked(store.get(grant, caseId, digest.toLowerCase())) : null;
      if (!found) throw notFound();
      context.report.subjects.add(found.subjectId);
      discloseItem(context.report, found.subjectId, found.itemId);
      return found;
    });
    response.setHeader('receipt', receipt);
    response.setHeader('content-type', 'application/octet-stream');
    response.setHeader('content-disposition', asAttachment(done.name ?? digest.toLowerCase()));
    response.setHeader('content-length', done.content.length);
    response.end(done.content);
  };

  const router = Router();
  router.post('/evidence', (request, response) =>
    answer(request, response, (caller) => give(request, response, caller, request.query['name'])),
  );
  router.get('/evidence/:caseId/:digest', (request, response) =>
    answer(request, response, (caller) => read(request, response, caller, request.params)),
  );
  return router;
}

function refuseTooLarge(): never {
  throw tooLarge();
}
