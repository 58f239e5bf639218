import { Readable } from 'node:stream';
import { createInterface } from 'node:readline';

export interface ServerSentEvent {
  event: string;
  id: string;
  data: { id: string; state: string; total: number; done: number; [key: string]: unknown };
}

/** Opens the stream of a job. @param last as `Last-Event-ID`. */
export const openStream = (url: string, id: string, token?: string, last?: string): Promise<Response> =>
  fetch(`${url}/jobs/${id}/events`, {
    headers: {
      accept: 'text/event-stream',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(last && { 'last-event-id': last }),
    },
  });

/** Its events, to the end of the stream. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerSentEvent> {
  let fields: Record<string, string> = {};
  for await (const line of createInterface(Readable.fromWeb(response.body as never))) {
    const [, field, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
    if (field) fields[field] = value as string;
    else if (line === '') {
      if (fields['data'])
        yield {
          event: fields['event'] as string,
          id: fields['id'] as string,
          data: JSON.parse(fields['data']) as ServerSentEvent['data'],
        };
      fields = {};
    }
  }
}

export async function allEventsOf(response: Response): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of eventsOf(response)) events.push(event);
  return events;
}
