import { createHash } from 'node:crypto';
import type { City } from '../support/city.ts';

export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Files of evidence over HTTP, as whoever gives or reads them. */
export class Evidencing {
  readonly #city: City;

  constructor(city: City) {
    this.#city = city;
  }

  give(content: Buffer | ReadableStream, token?: string, name?: string): Promise<Response> {
    const query = name === undefined ? '' : `?name=${encodeURIComponent(name)}`;
    return fetch(`${this.#city.running.url}/evidence${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', ...(token && { authorization: `Bearer ${token}` }) },
      body: content,
      ...(content instanceof ReadableStream && { duplex: 'half' }),
    });
  }

  take(caseId: string, digest: string, token?: string, purpose?: string): Promise<Response> {
    return fetch(`${this.#city.running.url}/evidence/${caseId}/${digest}`, {
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(purpose && { 'query-purpose': purpose }),
      },
    });
  }

  /** A refusal, as `404 BAD_USER_INPUT …`. */
  async told(response: Response): Promise<string> {
    const { errors } = (await response.json()) as {
      errors: { message: string; extensions: { code: string } }[];
    };
    return `${response.status} ${errors[0]?.extensions.code} ${errors[0]?.message}`;
  }

  /** The journal's entry of an answer. */
  async entry({ headers }: Response) {
    const { rows } = await this.#city
      .database('access')
      .query(
        'select operation, outcome, role, unit, matter, subjects::text[], items from journal_entry where id = $1',
        [headers.get('receipt')],
      );
    return rows[0];
  }
}
