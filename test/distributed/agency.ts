import type { JWK } from 'jose';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import type { DisclosureData } from '../../records/disclosure.ts';
import type { Grant, Scope } from '../../records/grant.ts';
import { GrantSigner, GrantVerifier } from '../../records/grantToken.ts';
import { City } from '../support/city.ts';
import { MATTER, firmCode, personCode } from '../support/known.ts';

/** The agency of penalties as a service of its own, in a city with two firms and a person on file. */
export interface Agency {
  city: City;
  url: string;
  signer: GrantSigner;
  gatewayKey: JWK;
  /** Two penalties, which are public, and an inspection, which is shared. */
  firm: string;
  /** A penalty, which is not public. */
  person: string;
  /** One for each kind of caller. */
  grants: Record<'public' | 'supervision' | 'recruitment' | 'firm' | 'person' | 'other' | 'reference', Grant>;
  close(): Promise<void>;
}

export const grantOf = (scope: Scope): Grant => ({
  scope,
  today: '2026-03-02',
  caller: { role: 'agency', unit: null, subject: null },
});

export async function openAgency(): Promise<Agency> {
  const city = await City.open();
  const firm = await city.subject(firmCode(1), '上海余兰贸易有限公司');
  const other = await city.subject(firmCode(2), '上海金山食品有限公司');
  const person = await city.subject(personCode(1), '王五', 'NATURAL_PERSON');
  for (const documentNumber of ['1', '2']) await city.record(firm, '310116-penalty-amr', { documentNumber });
  await city.record(firm, '310116-inspection-amr', { documentNumber: '3' });
  await city.record(person, '310116-penalty-amr-p', { documentNumber: '4' });
  const { subgraphs, secrets, follower } = city.running.house;
  const service = await subgraphService({
    subgraph: subgraphs.penalties,
    grants: new GrantVerifier(secrets.grantPublicKeys),
    deliveries: null,
    standings: null,
    onUnexpected: () => {},
  });
  const matter = (code: string) => follower.current()?.matters.get(code)?.id as number;
  return {
    city,
    url: await service.listen(0, '127.0.0.1'),
    signer: new GrantSigner(secrets.grantPrivateKey),
    gatewayKey: secrets.grantPrivateKey,
    firm,
    person,
    grants: {
      public: grantOf({ kind: 'PUBLIC', persons: [] }),
      supervision: grantOf({ kind: 'MATTER', matter: matter(MATTER.supervision), persons: false }),
      recruitment: grantOf({ kind: 'MATTER', matter: matter(MATTER.recruitment), persons: true }),
      firm: grantOf({ kind: 'SELF', subject: firm }),
      person: grantOf({ kind: 'SELF', subject: person }),
      other: grantOf({ kind: 'SELF', subject: other }),
      reference: grantOf({ kind: 'REFERENCE' }),
    },
    async close() {
      service.http.closeAllConnections();
      await service.close();
      await city.close();
    },
  };
}

/** What the gateway's plans ask an agency. */
export const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject {
  id penalties { totalCount nodes { documentNumber title item { code tier } } } inspections { totalCount nodes { documentNumber } } } } }`;

export const about = (...ids: string[]): Record<string, unknown> => ({
  r: ids.map((id) => ({ __typename: 'Subject', id })),
});

/** An answer to compare: what it disclosed comes in no order. */
export const told = <A extends { disclosed: DisclosureData }>({ disclosed, ...answer }: A) => ({
  ...answer,
  subjects: new Set(disclosed.subjects),
  items: new Set(disclosed.items.map(([item, count]) => `${item}: ${count}`)),
});
