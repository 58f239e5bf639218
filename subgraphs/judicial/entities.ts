import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';

export const kinds = recordKinds(subgraphSdl('judicial'), {
  // Sent again as the debtor fulfils.
  Enforcement: { identity: ['caseNumber', 'court'], renewed: true },
});
