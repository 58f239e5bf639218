import { request } from 'undici';
import type { ChangeDoor, ChangeSlice } from '../../records/changes/door.ts';
import type { AgencyDoor, DeliveryResult, SubjectDoor } from '../../records/delivery.ts';
import type { GrantSigner, ServiceUse } from '../../records/grantToken.ts';
import type { OrderDoor } from '../../records/orders/order.ts';
import type { SnapshotData, SnapshotSource } from '../../records/snapshot.ts';

export interface RemoteOptions {
  /** Base URL of the subgraph's service. */
  url: string;
  signer: GrantSigner;
  /** Milliseconds. */
  timeout: number;
}

async function send(url: string, init: RequestInit, timeout: number): Promise<Response> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeout) });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status}`);
  }
  return response;
}

type Post = (path: string, body: unknown) => Promise<Response>;

/** Posts under a token for one use. */
const posting =
  ({ url, signer, timeout }: RemoteOptions, use: ServiceUse): Post =>
  async (path, body) =>
    send(
      `${url}${path}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', grant: await signer.sign({ use }) },
        body: JSON.stringify(body),
      },
      timeout,
    );

/** Another subgraph's door for orders: `standing` lets nothing through but what became of records. */
export function remoteOrders(options: RemoteOptions, use: ServiceUse): OrderDoor {
  const post = posting(options, use);
  const path = use === 'deliver' ? '/orders' : '/standings';
  return {
    async apply(order) {
      await (await post(path, order)).body?.cancel();
    },
  };
}

/** An agency's door for deliveries, as the center's subgraphs use it. */
export function remoteDelivery(options: RemoteOptions): AgencyDoor & SubjectDoor {
  const post = posting(options, 'deliver');
  return {
    ...inquiries(post),
    deliver: async (recordType, records) =>
      (await post('/deliveries', { recordType, records })).json() as Promise<DeliveryResult>,
    withdraw: async (recordType, subjectIds, jurisdictions) =>
      (await post('/withdrawals', { recordType, subjectIds, jurisdictions })).json() as Promise<number>,
    register: async (subjects) =>
      (await post('/subjects', { subjects })).json() as ReturnType<SubjectDoor['register']>,
    factsOf: async (recordType, keys) =>
      (await post('/facts-of', { recordType, keys })).json() as ReturnType<AgencyDoor['factsOf']>,
    conductSince: async (question) =>
      (await post('/conduct', question)).json() as ReturnType<AgencyDoor['conductSince']>,
    brokenPromise: async (recordType, subjectId, id) =>
      (await post('/broken-promises', { recordType, subjectId, id })).json() as ReturnType<
        AgencyDoor['brokenPromise']
      >,
    amend: async (amendment) =>
      (await post('/amendments', amendment)).json() as ReturnType<AgencyDoor['amend']>,
    archived: async (question) =>
      (await post('/archive', question)).json() as ReturnType<AgencyDoor['archived']>,
  };
}

/** What measures ask of an agency, and no more. */
export type Inquiries = Pick<AgencyDoor & SubjectDoor, 'facts' | 'listed' | 'idOf'>;

const inquiries = (post: Post): Inquiries => ({
  facts: async (recordType, subjectId, ids) =>
    (await post('/facts', { recordType, subjectId, ids })).json() as ReturnType<AgencyDoor['facts']>,
  listed: async (recordType, subjectIds, jurisdictions) =>
    (await post('/listed', { recordType, subjectIds, jurisdictions })).json() as Promise<string[]>,
  idOf: async (code) => (await post('/subjects/id', { code })).json() as Promise<string>,
});

/** An agency's door for who asks about records and changes nothing. */
export const remoteInquiries = (options: RemoteOptions): Inquiries => inquiries(posting(options, 'ask'));

/** An agency's log of changes, for who asks about records and changes nothing. */
export function remoteChanges(options: RemoteOptions): ChangeDoor {
  const post = posting(options, 'ask');
  return {
    changes: async (after, limit) =>
      (await post('/changes', { after, limit })).json() as Promise<ChangeSlice>,
  };
}

/** The catalogue's feed over HTTP. Nine processes ask it four times a second, and fetch takes a sixth of what they idle with. */
export function remoteSnapshots(url: string, timeout: number): SnapshotSource {
  return {
    async snapshot(since) {
      const signal = AbortSignal.timeout(timeout);
      const { statusCode, body } = await request(`${url}/snapshot?since=${since}`, { signal });
      if (statusCode === 200) return (await body.json()) as SnapshotData;
      await body.dump();
      if (statusCode !== 204) throw new Error(`HTTP ${statusCode}`);
      return null;
    },
  };
}

/** Whether a subgraph's service says that it is ready. */
export const remoteReady = (url: string, timeout: number) => (): Promise<boolean> =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(timeout) }).then((response) => response.ok);
