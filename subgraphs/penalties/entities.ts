import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';

/** What makes two submissions the same fact, where it is not 文号 and day of decision. */
export const kinds = recordKinds(subgraphSdl('penalties'), {
  Arrears: { identity: ['documentNumber', 'arrearsType', 'formedOn'] },
  ContractRecord: { identity: ['documentNumber', 'contractName', 'formedOn'] },
  // A listing is sent again when its subject is taken off the list.
  AbnormalListing: { identity: ['formedOn', 'reason'], renewed: true },
  SevereListing: { identity: ['formedOn', 'reason'], renewed: true },
  LinkedConduct: { identity: ['originalType', 'originalRecord', 'role'], lookups: ['originalRecord'] },
});
