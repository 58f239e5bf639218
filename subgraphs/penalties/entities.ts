import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';

/** What makes two submissions the same fact, where it is not 文号 and day of decision. */
export const kinds = recordKinds(subgraphSdl('penalties'), {
  Arrears: { identity: ['documentNumber', 'arrearsType', 'formedOn'] },
  ContractRecord: { identity: ['documentNumber', 'contractName', 'formedOn'] },
  AbnormalListing: { identity: ['formedOn', 'reason'] },
  SevereListing: { identity: ['formedOn', 'reason'] },
});
