import { Router } from 'express';
import { GraphQLError } from 'graphql';
import { ERROR_CODES, type ErrorCode } from '../../records/errors.ts';
import { type EvidenceStore, MAX_EVIDENCE, type StoredEvidence } from '../../records/evidence.ts';
import type { Grant } from '../../records/grant.ts';
import type { GrantVerifier } from '../../records/grantToken.ts';
import { notFound, refuse, tooLarge } from '../evidence/refusals.ts';
import { readFile } from '../evidence/readFile.ts';
import type { RemoteOptions } from './remote.ts';

/** A file of 20 MB is on its way longer than a query. */
const TIMEOUT_MS = 60_000;

/** What goes beside a file, as header values. */
const told = (value: string | null): string => encodeURIComponent(value ?? '');
const heard = (value: string | string[] | null | undefined): string | null =>
  typeof value === 'string' && value !== '' ? decodeURIComponent(value) : null;

/** The store's side: whose a file is, and who reads it, is in the grant, which the gateway signed. Without one nothing is read. */
export function evidenceRoutes(
  store: EvidenceStore,
  grants: GrantVerifier,
  onUnexpected: (error: unknown) => void,
): Router {
  const router = Router();
  router.post('/evidence', async (request, response) => {
    try {
      const grant = await grants.grant(heard(request.headers['grant']) ?? undefined);
      const file = await readFile(request, MAX_EVIDENCE);
      if (!file) throw tooLarge();
      const { 'evidence-name': name, 'evidence-type': type } = request.headers;
      response.json(await store.put(grant, { ...file, name: heard(name), contentType: heard(type) }));
    } catch (error) {
      request.resume();
      refuse(response, error, onUnexpected);
    }
  });
  router.get('/evidence/:caseId/:digest', async (request, response) => {
    try {
      const grant = await grants.grant(heard(request.headers['grant']) ?? undefined);
      const found = await store.get(grant, request.params.caseId, request.params.digest);
      if (!found) throw notFound();
      response.setHeader('evidence-name', told(found.name));
      response.setHeader('evidence-subject', found.subjectId);
      response.setHeader('evidence-item', found.itemId);
      response.type('application/octet-stream').end(found.content);
    } catch (error) {
      refuse(response, error, onUnexpected);
    }
  });
  return router;
}

/** The gateway's side. What the store refused is refused in its words; anything else is that it cannot be asked. */
export function remoteEvidence({ url, signer }: Omit<RemoteOptions, 'timeout'>): EvidenceStore {
  const send = async (path: string, grant: Grant, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { ...init.headers, grant: await signer.sign({ grant }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  return {
    async put(grant, { content, name, contentType }) {
      const headers = { 'evidence-name': told(name), 'evidence-type': told(contentType) };
      const body = new Uint8Array(content.buffer as ArrayBuffer, content.byteOffset, content.byteLength);
      const response = await send('/evidence', grant, { method: 'POST', headers, body });
      if (!response.ok) throw await refusedBy(response);
      return (await response.json()) as StoredEvidence;
    },
    async get(grant, caseId, digest) {
      const response = await send(`/evidence/${encodeURIComponent(caseId)}/${digest}`, grant);
      if (response.status === 404) return response.body?.cancel().then(() => null) ?? null;
      if (!response.ok) throw await refusedBy(response);
      return {
        content: Buffer.from(await response.arrayBuffer()),
        name: heard(response.headers.get('evidence-name')),
        subjectId: response.headers.get('evidence-subject') as string,
        itemId: Number(response.headers.get('evidence-item')),
      };
    },
  };
}

async function refusedBy(response: Response): Promise<Error> {
  const { errors = [] } = (await response.json().catch(() => ({}))) as {
    errors?: { message: string; extensions: { code: ErrorCode } }[];
  };
  const [first] = errors;
  const isRefusal = first && response.status < 500 && response.status !== 401;
  return isRefusal && ERROR_CODES.includes(first.extensions.code)
    ? new GraphQLError(first.message, { extensions: first.extensions })
    : new Error(`HTTP ${response.status}`);
}
