/** What this plan or operation uses is left to the stock executor. */
export class Unsupported extends Error {}

/** Response names that every object has already: an answer under one of them would be read off the prototype. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

export function refuseInherited(responseName: string): void {
  if (INHERITED.has(responseName)) throw new Unsupported(responseName);
}
