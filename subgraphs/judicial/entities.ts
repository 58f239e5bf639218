import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';

export const kinds = recordKinds(subgraphSdl('judicial'), {
  Enforcement: { identity: ['caseNumber', 'court'] },
});
