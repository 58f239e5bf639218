import { createHash } from 'node:crypto';
import { CloudEvent } from 'cloudevents';
import { Webhook } from 'standardwebhooks';

/** What a recipient is told: that something changed, and where. What it says it reads by `changes`, under its own credential and the journal. */
interface ThinChange {
  id: string;
  change: string;
  recordType: string;
  /** Null: of the item itself. */
  recordId: string | null;
  /** 事项编码; null: it is not known any more, or the record is gone. */
  item: string | null;
  jurisdiction: string;
  /** RFC 3339 */
  at: string;
}

/** What the recipient was not told is no longer kept: it must load anew. */
interface TooOld {
  id: string;
  tooOld: true;
}

export type PushedEvent = ThinChange | TooOld;

const SOURCE = '/public-credit/changes';
const TYPE = 'dev.public-credit.change';

/** CloudEvents 1.0. A change has the same id whenever it is sent to the same recipient. */
function eventOf(event: PushedEvent): CloudEvent<object> {
  const { id } = event;
  if ('tooOld' in event) return new CloudEvent({ id, source: SOURCE, type: `${TYPE}.too-old` });
  const { change, recordType, recordId: record, item, jurisdiction, at } = event;
  return new CloudEvent<object>({
    id,
    source: SOURCE,
    type: `${TYPE}.${change.toLowerCase()}`,
    time: at,
    datacontenttype: 'application/json',
    data: { change, recordType, record, item, jurisdiction },
  });
}

export interface SignedMessage {
  headers: Record<string, string>;
  body: string;
}

/**
 * A batch of CloudEvents in JSON, signed by Standard Webhooks (v1, HMAC-SHA-256). Its `webhook-id` follows from the events, so that the same
 * batch has the same one whoever sends it again.
 */
export function signedMessage(events: readonly PushedEvent[], secret: string, now: Date): SignedMessage {
  const body = JSON.stringify(events.map((event) => eventOf(event).toJSON()));
  const ids = createHash('sha256').update(JSON.stringify(events.map(({ id }) => id)));
  const id = `msg_${ids.digest('base64url').slice(0, 27)}`;
  return {
    headers: {
      'content-type': 'application/cloudevents-batch+json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    },
    body,
  };
}
