import type { DisclosureData } from '../../../records/disclosure.ts';

/** Where a subgraph's service takes questions. */
export const QUESTIONS_PATH = '/questions';

/** Questions, texts and grants of one message at most. */
const MAX_QUESTIONS = 1_000;

/**
 * Questions of several callers in one HTTP body: texts and grants stand once and are named by their place. Every question has its own
 * grant; one whose place holds none has none.
 */
export interface QuestionsMessage {
  queries: string[];
  /** Signed, see GrantSigner. */
  grants: string[];
  questions: WiredQuestion[];
}

export type WiredQuestion = [
  query: number,
  grant: number,
  variables: Record<string, unknown>,
  operationName?: string,
];

/** Without `data` the question was refused before it was executed. */
export interface WiredAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: object }[];
  disclosed: DisclosureData;
}

/** A question ready to travel. */
export interface SignedQuestion {
  query: string;
  /** Its signed grant. */
  token: string;
  /** As JSON. */
  variables: string;
  operationName: string | undefined;
}

/** The body that asks these questions, in this order. */
export function questionsBody(questions: readonly SignedQuestion[]): string {
  const queries = new Map<string, number>();
  const grants = new Map<string, number>();
  const asked = questions.map(({ query, token, variables, operationName }) => {
    const name = operationName === undefined ? '' : `,${JSON.stringify(operationName)}`;
    return `[${placeOf(queries, query)},${placeOf(grants, token)},${variables}${name}]`;
  });
  const texts = `"queries":${JSON.stringify([...queries.keys()])},"grants":${JSON.stringify([...grants.keys()])}`;
  return `{${texts},"questions":[${asked.join(',')}]}`;
}

function placeOf(places: Map<string, number>, value: string): number {
  let place = places.get(value);
  if (place === undefined) places.set(value, (place = places.size));
  return place;
}

/** @throws Error that says what is wrong with the body. */
export function questionsIn(body: string): QuestionsMessage {
  const { queries, grants, questions } = objectOf(JSON.parse(body), 'the body');
  if (!isTexts(queries)) throw new Error(`\`queries\` must be a list of 1 to ${MAX_QUESTIONS} texts`);
  if (!isTexts(grants)) throw new Error(`\`grants\` must be a list of 1 to ${MAX_QUESTIONS} texts`);
  if (!isSomeOf(questions)) throw new Error(`\`questions\` must be a list of 1 to ${MAX_QUESTIONS}`);
  questions.forEach((question, index) => {
    if (!isQuestion(question, queries.length))
      throw new Error(`question ${index} must be [query, grant, variables, operationName?]`);
  });
  return { queries, grants, questions: questions as WiredQuestion[] };
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${what} must be an object`);
  return value as Record<string, unknown>;
}

const isSomeOf = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && value.length <= MAX_QUESTIONS;

const isTexts = (value: unknown): value is string[] =>
  isSomeOf(value) && value.every((text) => typeof text === 'string');

function isQuestion(value: unknown, queries: number): value is WiredQuestion {
  if (!Array.isArray(value)) return false;
  const [query, grant, variables, operationName] = value as unknown[];
  return (
    Number.isInteger(query) &&
    (query as number) >= 0 &&
    (query as number) < queries &&
    Number.isInteger(grant) &&
    typeof variables === 'object' &&
    variables !== null &&
    !Array.isArray(variables) &&
    (operationName === undefined || typeof operationName === 'string')
  );
}

const NEW_LINE = 0x0a;

/** An answer as it travels: a line of JSON that begins with the question's place. */
export const answerLine = (index: number, answer: WiredAnswer): string =>
  `${JSON.stringify([index, answer])}\n`;

/** The answers in a body that comes in pieces, each as soon as its line is whole. */
export class AnswerLines {
  #begun: Buffer[] = [];

  /** Those that this piece completes. @throws SyntaxError at a line that is no JSON. */
  *take(piece: Buffer): Generator<[index: number, answer: WiredAnswer]> {
    const end = piece.lastIndexOf(NEW_LINE);
    if (end < 0) {
      this.#begun.push(piece);
      return;
    }
    const whole = Buffer.concat([...this.#begun, piece.subarray(0, end)]).toString();
    this.#begun = [piece.subarray(end + 1)];
    for (const line of whole.split('\n')) yield JSON.parse(line) as [number, WiredAnswer];
  }
}
