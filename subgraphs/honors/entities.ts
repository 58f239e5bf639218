import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';

export const kinds = recordKinds(subgraphSdl('honors'), {
  Honor: { identity: ['honorName', 'determinedOn'] },
  Volunteering: { identity: ['project', 'formedOn'] },
  Donation: { identity: ['project', 'formedOn'] },
  RedListing: { identity: ['listName', 'year'] },
});
