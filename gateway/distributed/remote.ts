import { GraphQLError } from 'graphql';
import type { DeliveryResult, RecordSink, SubjectSink } from '../../records/delivery.ts';
import type { DisclosureData } from '../../records/disclosure.ts';
import type { GrantSigner } from '../../records/grantToken.ts';
import type { SnapshotData, SnapshotSource } from '../../records/snapshot.ts';
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
        ...(body.errors && {
          errors: body.errors.map(
            (e) => new GraphQLError(e.message, { path: e.path, extensions: e.extensions }),
          ),
        }),
        disclosed: body.extensions?.disclosed ?? NOTHING,
      };
    },
  };
}

/** An agency's door for deliveries, as collection uses it. */
export function remoteDelivery({ url, signer, timeout }: RemoteOptions): RecordSink & SubjectSink {
  const post = async (path: string, body: unknown): Promise<Response> =>
    send(
      `${url}${path}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', grant: await signer.sign({ use: 'deliver' }) },
        body: JSON.stringify(body),
      },
      timeout,
    );
  return {
    deliver: async (recordType, records) =>
      (await post('/deliveries', { recordType, records })).json() as Promise<DeliveryResult>,
    register: async (subjects) =>
      (await post('/subjects', { subjects })).json() as ReturnType<SubjectSink['register']>,
  };
}

/** The catalogue's feed over HTTP. */
export function remoteSnapshots(url: string, timeout: number): SnapshotSource {
  return {
    async snapshot(since) {
      const response = await send(`${url}/snapshot?since=${since}`, {}, timeout);
      return response.status === 204 ? null : ((await response.json()) as SnapshotData);
    },
  };
}

/** Whether a subgraph's service says that it is ready. */
export const remoteReady = (url: string, timeout: number) => (): Promise<boolean> =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(timeout) }).then((response) => response.ok);
