import { GraphQLError } from 'graphql';
import type { DeliveryResult, RecordSink, SubjectSink } from '../../records/delivery.ts';
import type { DisclosureData } from '../../records/disclosure.ts';
import type { GrantSigner, ServiceUse } from '../../records/grantToken.ts';
import type { SnapshotSource } from '../../records/snapshot.ts';
import type { Transport } from '../federation/transport.ts';

export interface RemoteOptions {
  /** Base URL of the subgraph's service. */
  url: string;
  signer: GrantSigner;
  /** Milliseconds. */
  timeout: number;
}

async function send(url: string, init: RequestInit, timeout: number): Promise<Response> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeout) });
  if (!response.ok && response.status !== 204) {
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status}`);
  }
  return response;
}

const NOTHING: DisclosureData = { subjects: [], items: [] };

/** A subgraph over HTTP: the grant goes signed, and what was disclosed comes back beside the data. */
export function remoteTransport({ url, signer, timeout }: RemoteOptions): Transport {
  return {
    async ask(query, variables, operationName, grant) {
      const response = await send(
        `${url}/graphql`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', grant: await signer.sign({ grant }) },
          body: JSON.stringify({ query, variables, operationName }),
        },
        timeout,
      );
      const body = (await response.json()) as {
        data?: Record<string, unknown> | null;
        errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
        extensions?: { disclosed?: DisclosureData };
      };
      return {
        data: body.data,
        ...(body.errors && { errors: body.errors.map((e) => new GraphQLError(e.message, { path: e.path, extensions: e.extensions })) }),
        disclosed: body.extensions?.disclosed ?? NOTHING,
      };
    },
  };
}

/** The doors of other services, as collection and the followers of the catalogue use them. */
export function remoteDoors({ url, signer, timeout }: RemoteOptions): RecordSink & SubjectSink & SnapshotSource {
  const call = async (use: ServiceUse, path: string, body?: unknown): Promise<Response> =>
    send(
      `${url}${path}`,
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: { grant: await signer.sign({ use }), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      timeout,
    );
  return {
    deliver: async (recordType, records) =>
      (await call('deliver', '/deliveries', { recordType, records })).json() as Promise<DeliveryResult>,
    register: async (subjects) => (await call('deliver', '/subjects', { subjects })).json() as ReturnType<SubjectSink['register']>,
    async snapshot(since) {
      const response = await call('snapshot', `/snapshot?since=${since}`);
      return response.status === 204 ? null : ((await response.json()) as Awaited<ReturnType<SnapshotSource['snapshot']>>);
    },
  };
}
