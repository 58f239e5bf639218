import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod';
import { isDate } from '../policy/dates.ts';
import type { Message } from '../policy/message.ts';
import type { SealingKey } from './crypto/seal.ts';

/** How the text of a variable becomes a value, and what the text must be, for the error. */
export interface Kind<T> {
  schema: z.ZodType<T, string>;
  must: Message;
}

const kind = <T>(zh: string, en: string, schema: z.ZodType<T, string>): Kind<T> => ({
  schema,
  must: { zh, en },
});

const json = <T>(schema: z.ZodType<T>) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);

export const integer = (from: number, to: number): Kind<number> =>
  kind(
    `应为 ${from} 至 ${to} 的整数`,
    `must be an integer from ${from} to ${to}`,
    z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(from).max(to)),
  );
export const oneOf = <const T extends string>(...values: T[]): Kind<T> =>
  kind(
    `应为 ${values.join('、')} 之一`,
    `must be one of ${values.join(', ')}`,
    z.string().pipe(z.enum(values)),
  );
export const text: Kind<string> = kind('应为文字', 'must be text', z.string());
export const day: Kind<string> = kind(
  '应为存在的日期 YYYY-MM-DD',
  'must be a day that exists, YYYY-MM-DD',
  z.string().refine(isDate),
);
const httpUrl = z.url({ protocol: /^https?$/ });
export const address: Kind<string> = kind('应为 http(s) 地址', 'must be an http(s) address', httpUrl);
export const database: Kind<string> = kind(
  '应为 postgres:// 地址',
  'must be a postgres:// address',
  z.url({ protocol: /^postgres(ql)?$/ }),
);
export const addresses: Kind<Record<string, string>> = kind(
  '应为“名称=http(s) 地址”，以逗号分隔，名称不得重复',
  'must be name=http(s) address, separated by commas, each name once',
  z
    .string()
    .transform((list) => list.split(',').map((part) => part.trim().split(/=(.*)/s, 2)))
    .pipe(z.array(z.tuple([z.string().regex(/^[a-z][a-z0-9-]*$/), httpUrl])))
    .refine((entries) => new Set(entries.map(([name]) => name)).size === entries.length)
    .transform((entries) => Object.fromEntries(entries)),
);
export const networks: Kind<string[]> = kind(
  '应为网段，如 10.2.0.0/16,fd00::/8，以逗号分隔',
  'must be networks as 10.2.0.0/16,fd00::/8, separated by commas',
  z
    .string()
    .transform((list) => list.split(',').map((part) => part.trim()))
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()]))),
);
export const daysByCode: Kind<Record<string, string>> = kind(
  '应为“代码=YYYY-MM-DD”，以逗号分隔，代码不得重复',
  'must be code=YYYY-MM-DD, separated by commas, each code once',
  z
    .string()
    .transform((list) => list.split(',').map((part) => part.trim().split('=', 2)))
    .pipe(z.array(z.tuple([z.string().min(1), z.string().refine(isDate)])))
    .refine((entries) => new Set(entries.map(([code]) => code)).size === entries.length)
    .transform((entries) => Object.fromEntries(entries)),
);
const key = z
  .string()
  .regex(/^(?:[0-9a-f]{2}){32,}$/i)
  .transform((hex) => Buffer.from(hex, 'hex'));
export const hexKey: Kind<Buffer> = kind(
  '应为至少 32 字节的十六进制',
  'must be 32 bytes or more in hex',
  key,
);
export const sealing: Kind<SealingKey[]> = kind(
  '应为“编号:32 字节十六进制”，以逗号分隔，编号 1 至 255 且不得重复',
  'must be number:32 bytes in hex, separated by commas, numbers from 1 to 255, each once',
  z
    .string()
    .transform((list) => list.split(',').map((part) => part.trim().split(':')))
    .pipe(
      z.array(
        z.tuple([
          z
            .string()
            .regex(/^\d{1,3}$/)
            .transform(Number),
          key,
        ]),
      ),
    )
    .transform((entries) => entries.map(([id, secret]) => ({ id, key: secret })))
    .refine((keys) => keys.every(({ id, key }) => id >= 1 && id <= 255 && key.length === 32))
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length),
);
export const noteName: Kind<string> = kind(
  '不得含空白和加号',
  'must hold neither blanks nor plus signs',
  z.string().regex(/^[^\s+]+$/u),
);
const ed25519 = { kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() };
export const privateJwk: Kind<JWK> = kind(
  '应为 Ed25519 私钥的 JWK',
  'must be a JWK with an Ed25519 private key',
  json(z.looseObject({ ...ed25519, d: z.string() })),
);
export const publicJwks: Kind<JSONWebKeySet> = kind(
  '应为 Ed25519 公钥的 JWKS，不得含私钥',
  'must be a JWKS of Ed25519 public keys, with no private part',
  json(z.looseObject({ keys: z.array(z.looseObject({ ...ed25519, d: z.undefined().optional() })).min(1) })),
);
