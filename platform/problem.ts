import type { Message } from '../policy/message.ts';

/** Something that keeps a process from starting or a file from being read, said to whoever runs it. */
export class Problem extends Error {
  readonly reason: Message;

  constructor(reason: Message, options?: ErrorOptions) {
    super(`${reason.zh}\n${reason.en}`, options);
    this.name = 'Problem';
    this.reason = reason;
  }
}
