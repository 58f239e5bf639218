import type { Ground } from '../../gateway/embedded/house.ts';
import { type TokenClaims, issueToken } from '../../gateway/identity/issuer.ts';
import type { PurposeKind } from '../../policy/terms.ts';
import { type MatterData, ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import type { Stream } from './load.ts';
import { OFFICERS } from './mix.ts';
import type { MarketUser } from './users.ts';

export type Callers = Stream['callers'];
export type About = 'organizations' | 'persons';

/** Everyone who asks with a token, as the headers of their requests. */
export class Callerbook {
  readonly #ground: Ground;
  readonly #matters: readonly MatterData[];
  readonly #personItems: ReadonlySet<string>;
  /** By unit: what its officers authorize themselves with. */
  readonly #officers = new Map<string, string[]>();

  private constructor(ground: Ground) {
    const { matters, items } = ownCatalogue();
    this.#ground = ground;
    this.#matters = matters;
    this.#personItems = new Set(items.filter((item) => item.aboutPersons).map((item) => item.code));
  }

  /** Officers of every unit that has a matter, as many as the report has accounts. */
  static async open(ground: Ground): Promise<Callerbook> {
    const book = new Callerbook(ground);
    const units = [...new Set(book.#matters.map((matter) => matter.unit))];
    for (let n = 0; n < OFFICERS; n++) {
      const unit = units[n % units.length] as string;
      const officers = book.#officers.get(unit) ?? [];
      book.#officers.set(unit, officers);
      officers.push(
        await book.#token({
          sub: `officer-${n}`,
          role: 'agency',
          name: `查询员${n}`,
          unit,
          channel: 'government',
        }),
      );
    }
    return book;
  }

  async #token(claims: TokenClaims): Promise<string> {
    return `Bearer ${await issueToken(this.#ground.secrets.tokenPrivateKey, claims)}`;
  }

  /** Every officer with every matter of that kind that its unit has and that concerns such subjects. */
  government(kind: PurposeKind, about: About): Callers {
    return this.#matters
      .filter((matter) => matter.kind === kind && this.#concerns(matter, about))
      .flatMap(({ unit, code }) =>
        (this.#officers.get(unit) ?? []).map((authorization) => ({ authorization, 'query-purpose': code })),
      );
  }

  #concerns({ aboutPersons, items }: MatterData, about: About): boolean {
    return about === 'persons' ? aboutPersons : items.some((item) => !this.#personItems.has(item));
  }

  async market({ unit, matter }: MarketUser): Promise<Callers> {
    const claims = {
      sub: unit.code,
      role: 'agency',
      name: unit.name,
      unit: unit.code,
      channel: 'market',
    } as const;
    return [{ authorization: await this.#token(claims), 'query-purpose': matter.code }];
  }

  subjects(codes: readonly string[], channel: string): Promise<Callers> {
    return Promise.all(
      codes.map(async (code) => ({
        authorization: await this.#token({ sub: code, role: 'subject', code, channel }),
      })),
    );
  }
}
