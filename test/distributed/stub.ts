import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a stub was asked at once. */
export interface Asked {
  questions: [query: number, grant: number, variables: Record<string, unknown>][];
  response: ServerResponse;
}

/** A service that takes questions and answers as the test says, if at all. */
export class Stub {
  readonly #server: Server;
  /** All that it was asked. */
  readonly asked: Asked[] = [];
  answer: (asked: Asked) => void = () => {};

  constructor() {
    this.#server = createServer(async (request, response) => {
      const asked = { questions: JSON.parse(await text(request)).questions, response };
      this.asked.push(asked);
      this.answer(asked);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

const NOTHING = { subjects: [], items: [] };

/** The line that answers a question by its own variables. */
export const lineOf = ({ questions }: Asked, index: number): string =>
  `${JSON.stringify([index, { data: questions[index]?.[2], disclosed: NOTHING }])}\n`;

/** Answers everything at once. */
export const echo = (asked: Asked): void => {
  asked.response.end(asked.questions.map((_, index) => lineOf(asked, index)).join(''));
};
